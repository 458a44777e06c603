package hudson.model;

import java.io.File;
import java.util.List;

public interface ItemGroup<T extends Item> extends PersistenceRoot, ModelObject {
    String getFullName();

    String getFullDisplayName();

    String getUrl();

    String getUrlChildPrefix();

    File getRootDirFor(T a0);

    default <T extends Item> List<T> getAllItems(Class<T> a0) {
        throw new UnsupportedOperationException();
    }
}
