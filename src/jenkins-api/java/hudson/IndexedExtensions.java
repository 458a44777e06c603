package hudson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/**
 * One instance of each class in META-INF/annotations/hudson.Extension, made when a type of it is first asked for; those with
 * a higher ordinal come first. What was added without being in an index has the ordinal 0, as in Jenkins
 * (hudson.ExtensionComponent), and stands behind others of that. An optional one whose class does not link, for a plugin that
 * it is about is not there, is left out, as in Jenkins (hudson.ExtensionFinder, SezpozModule).
 */
final class IndexedExtensions {
    private static final Map<String, Object> INSTANCES = new ConcurrentHashMap<>();

    private static final List<Indexed> INDEX = index();

    private static final List<Object> ADDED = new CopyOnWriteArrayList<>();

    private IndexedExtensions() {}

    private record Indexed(Class<?> type, IndexItem<Extension, Object> item) {
        double ordinal() {
            return item.annotation().ordinal();
        }
    }

    static <T> List<T> of(Class<T> type) {
        List<T> first = new ArrayList<>();
        List<T> last = new ArrayList<>();
        for (Indexed extension : INDEX) {
            if (type.isAssignableFrom(extension.type())) {
                (extension.ordinal() < 0 ? last : first).add(type.cast(instance(extension)));
            }
        }
        ADDED.stream().filter(type::isInstance).map(type::cast).forEach(first::add);
        first.addAll(last);
        return first;
    }

    static void add(Object extension) {
        ADDED.add(extension);
    }

    static boolean remove(Object extension) {
        return ADDED.remove(extension);
    }

    private static List<Indexed> index() {
        List<Indexed> all = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, IndexedExtensions.class.getClassLoader())) {
            try {
                all.add(new Indexed(load(item), item));
            } catch (LinkageError e) {
                if (!item.annotation().optional()) {
                    throw e;
                }
            }
        }
        all.sort(Comparator.comparingDouble(Indexed::ordinal).reversed());
        return List.copyOf(all);
    }

    private static Class<?> load(IndexItem<Extension, Object> item) {
        try {
            Class<?> type = Class.forName(item.className(), false, IndexedExtensions.class.getClassLoader());
            if (item.annotation().optional()) {
                // links what the signatures name, and nothing that only a body does
                type.getConstructors();
                type.getMethods();
                type.getFields();
            }
            return type;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The extension index names a class that is not there", e);
        }
    }

    /** Not computeIfAbsent: the constructor of one extension may look up another. */
    private static synchronized Object instance(Indexed extension) {
        Object known = INSTANCES.get(extension.type().getName());
        if (known != null) {
            return known;
        }
        try {
            Object made = extension.item().instance();
            INSTANCES.put(extension.type().getName(), made);
            return made;
        } catch (InstantiationException e) {
            throw new IllegalStateException(
                    "Cannot make the extension " + extension.type().getName(), e);
        }
    }
}
