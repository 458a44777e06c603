package hudson.model;

public class Api extends AbstractModelObject {
    public final Object bean;

    public Api(Object a0) {
        bean = a0;
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
