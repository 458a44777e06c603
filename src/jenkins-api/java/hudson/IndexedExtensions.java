package hudson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/** One instance of each class in META-INF/annotations/hudson.Extension, made when a type of it is first asked for. */
final class IndexedExtensions {
    private static final Map<String, Object> INSTANCES = new ConcurrentHashMap<>();

    private IndexedExtensions() {}

    static <T> List<T> of(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, IndexedExtensions.class.getClassLoader())) {
            Class<?> extension = load(item);
            if (type.isAssignableFrom(extension)) {
                found.add(type.cast(instance(extension, item)));
            }
        }
        return found;
    }

    private static Class<?> load(IndexItem<Extension, Object> item) {
        try {
            return Class.forName(item.className(), false, IndexedExtensions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The extension index names a class that is not there", e);
        }
    }

    /** Not computeIfAbsent: the constructor of one extension may look up another. */
    private static synchronized Object instance(Class<?> extension, IndexItem<Extension, Object> item) {
        Object known = INSTANCES.get(extension.getName());
        if (known != null) {
            return known;
        }
        try {
            Object made = item.instance();
            INSTANCES.put(extension.getName(), made);
            return made;
        } catch (InstantiationException e) {
            throw new IllegalStateException("Cannot make the extension " + extension.getName(), e);
        }
    }
}
