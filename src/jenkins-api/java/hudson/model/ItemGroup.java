package hudson.model;

import java.io.File;

public interface ItemGroup<T extends Item> extends PersistenceRoot, ModelObject {
    String getFullName();

    String getFullDisplayName();

    String getUrl();

    String getUrlChildPrefix();

    File getRootDirFor(T a0);
}
