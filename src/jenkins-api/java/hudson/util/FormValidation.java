package hudson.util;

import hudson.Util;
import java.io.IOException;
import java.util.Locale;
import org.kohsuke.stapler.HttpResponse;

public abstract class FormValidation extends IOException implements HttpResponse {
    public final Kind kind;

    public static FormValidation error(String a0) {
        return of(Kind.ERROR, a0);
    }

    public static FormValidation warning(String a0) {
        return of(Kind.WARNING, a0);
    }

    public static FormValidation ok(String a0) {
        return of(Kind.OK, a0);
    }

    public static FormValidation ok() {
        return of(Kind.OK, null);
    }

    public static FormValidation validateNonNegativeInteger(String a0) {
        return a0 != null && a0.matches("[0-9]+") ? ok() : error("Not a non-negative number");
    }

    private static FormValidation of(Kind kind, String message) {
        return new FormValidation(kind, message) {
            private static final long serialVersionUID = 1;

            @Override
            public String renderHtml() {
                return message == null
                        ? "<div/>"
                        : "<div class=" + kind.name().toLowerCase(Locale.ROOT) + ">" + Util.escape(message) + "</div>";
            }
        };
    }

    public static FormValidation validateIntegerInRange(String a0, int a1, int a2) {
        boolean good =
                a0 != null && a0.matches("-?[0-9]{1,9}") && Integer.parseInt(a0) >= a1 && Integer.parseInt(a0) <= a2;
        return good ? ok() : error("Not a whole number from " + a1 + " to " + a2);
    }

    public static FormValidation validatePositiveInteger(String a0) {
        return a0 != null && a0.matches("0*[1-9][0-9]*") ? ok() : error("Not a positive number");
    }

    public abstract String renderHtml();

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public enum Kind {
        OK,
        WARNING,
        ERROR;
    }
}
