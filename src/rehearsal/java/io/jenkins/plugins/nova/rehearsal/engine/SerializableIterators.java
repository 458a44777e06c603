package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.impl.Caller;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;

/**
 * A category of Groovy: loops over lists, sets, arrays and the entries of maps can be saved in the middle, as a controller's
 * (workflow-cps's IteratorHack). Others, such as over a map itself, cannot, there as here.
 */
final class SerializableIterators {
    private SerializableIterators() {}

    /** Goes over a list by its index. */
    private static final class ByIndex<E> implements ListIterator<E>, Serializable {
        private static final long serialVersionUID = 1L;

        private final List<E> list;
        private int next;
        private int last = -1;

        ByIndex(List<E> list, int next) {
            this.list = list;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            return next < list.size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = next++;
            return list.get(last);
        }

        @Override
        public boolean hasPrevious() {
            return next > 0;
        }

        @Override
        public E previous() {
            if (!hasPrevious()) {
                throw new NoSuchElementException();
            }
            last = --next;
            return list.get(last);
        }

        @Override
        public int nextIndex() {
            return next;
        }

        @Override
        public int previousIndex() {
            return next - 1;
        }

        @Override
        public void remove() {
            if (last < 0) {
                throw new IllegalStateException();
            }
            list.remove(last);
            if (last < next) {
                next--;
            }
            last = -1;
        }

        @Override
        public void set(E element) {
            list.set(last, element);
        }

        @Override
        public void add(E element) {
            list.add(next++, element);
            last = -1;
        }
    }

    public static <E> ListIterator<E> iterator(List<E> list) {
        return new ByIndex<>(list, 0);
    }

    public static <E> ListIterator<E> iterator(Set<E> set) {
        return new ByIndex<>(new ArrayList<>(set), 0);
    }

    public static <E> ListIterator<E> iterator(E[] array) {
        return new ByIndex<>(new ArrayList<>(Arrays.asList(array)), 0);
    }

    public static <E> ListIterator<E> iterator(Deque<E> deque) {
        return new ByIndex<>(new ArrayList<>(deque), 0);
    }

    public static <E> ListIterator<E> listIterator(List<E> list) {
        return isOfTheProgram(list, "listIterator") ? new ByIndex<>(list, 0) : list.listIterator();
    }

    public static <E> ListIterator<E> listIterator(List<E> list, int from) {
        return Caller.isAsynchronous(list, "listIterator", from) ? new ByIndex<>(list, from) : list.listIterator(from);
    }

    public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> map) {
        if (!isOfTheProgram(map, "entrySet")) {
            return map.entrySet();
        }
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
        map.entrySet().forEach(entry -> entries.add(new AbstractMap.SimpleImmutableEntry<>(entry)));
        return entries;
    }

    public static <K, V> Set<Map.Entry<K, V>> entrySet(SortedMap<K, V> map) {
        return entrySet((Map<K, V>) map);
    }

    public static <K> Set<K> keySet(Map<K, ?> map) {
        return isOfTheProgram(map, "keySet") ? new LinkedHashSet<>(map.keySet()) : map.keySet();
    }

    public static <K> Set<K> keySet(SortedMap<K, ?> map) {
        return keySet((Map<K, ?>) map);
    }

    public static <V> Collection<V> values(Map<?, V> map) {
        return isOfTheProgram(map, "values") ? new ArrayList<>(map.values()) : map.values();
    }

    public static <V> Collection<V> values(SortedMap<?, V> map) {
        return values((Map<?, V>) map);
    }

    /** Whether it is the program that calls, which may be saved; code in @NonCPS gets the collection's own view. */
    private static boolean isOfTheProgram(Object receiver, String method) {
        return Caller.isAsynchronous(receiver, method)
                || Caller.isAsynchronous(SerializableIterators.class, method, receiver);
    }
}
