package hudson;

import java.util.AbstractList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.util.io.OnMaster;

/** The extensions of one type: those of the index that the annotation processor wrote, and those that were added. */
public class ExtensionList<T> extends AbstractList<T> implements OnMaster {
    public final Class<T> extensionType;
    private final List<T> instances;

    protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
        this.extensionType = extensionType;
        this.instances = IndexedExtensions.of(extensionType);
    }

    public <U extends T> U get(Class<U> type) {
        for (T instance : instances) {
            if (instance.getClass() == type) {
                return type.cast(instance);
            }
        }
        return null;
    }

    public T get(int index) {
        return instances.get(index);
    }

    public int size() {
        return instances.size();
    }

    public boolean add(T extension) {
        IndexedExtensions.add(extension);
        return instances.add(extension);
    }

    public boolean remove(Object extension) {
        return IndexedExtensions.remove(extension) | instances.remove(extension);
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return new ExtensionList<>((Jenkins) null, type);
    }

    public static <U> U lookupSingleton(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    public static <U> U lookupFirst(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.isEmpty()) {
            throw new IllegalStateException("Found no instance of " + type.getName());
        }
        return all.get(0);
    }
}
