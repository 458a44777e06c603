package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.ListBoxModel;
import java.util.List;
import org.springframework.security.core.Authentication;

public abstract class AbstractIdCredentialsListBoxModel<
                T extends AbstractIdCredentialsListBoxModel<T, C>, C extends IdCredentials>
        extends ListBoxModel {
    public AbstractIdCredentialsListBoxModel() {}

    protected abstract String describe(C a0);

    public AbstractIdCredentialsListBoxModel<T, C> includeEmptyValue() {
        add(0, new ListBoxModel.Option("- none -", "", false));
        return this;
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            Authentication a0, Item a1, Class<? extends C> a2, List<DomainRequirement> a3, CredentialsMatcher a4) {
        return includeAll(CredentialsProvider.lookupCredentialsInItem(a2, a1, a0, a3), a4);
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            Authentication a0, ItemGroup a1, Class<? extends C> a2, List<DomainRequirement> a3, CredentialsMatcher a4) {
        return includeAll(CredentialsProvider.lookupCredentialsInItemGroup(a2, a1, a0, a3), a4);
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeCurrentValue(String a0) {
        if (stream().noneMatch(option -> option.value.equals(a0))) {
            add(new ListBoxModel.Option("- current -", a0, true));
        }
        return this;
    }

    private AbstractIdCredentialsListBoxModel<T, C> includeAll(
            List<? extends C> candidates, CredentialsMatcher matcher) {
        for (C candidate : candidates) {
            if (matcher.matches(candidate) && stream().noneMatch(option -> option.value.equals(candidate.getId()))) {
                add(describe(candidate), candidate.getId());
            }
        }
        return this;
    }
}
