package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import java.util.stream.Stream;

public class CredentialsMatchers {

    public static CredentialsMatcher instanceOf(Class a0) {
        return a0::isInstance;
    }

    public static CredentialsMatcher withId(String a0) {
        return credentials -> credentials instanceof IdCredentials && a0.equals(((IdCredentials) credentials).getId());
    }

    public static CredentialsMatcher anyOf(CredentialsMatcher... a0) {
        return credentials -> Stream.of(a0).anyMatch(matcher -> matcher.matches(credentials));
    }

    public static <C extends Credentials> C firstOrNull(Iterable<C> a0, CredentialsMatcher a1) {
        for (C credentials : a0) {
            if (a1.matches(credentials)) {
                return credentials;
            }
        }
        return null;
    }

    private CredentialsMatchers() {}
}
