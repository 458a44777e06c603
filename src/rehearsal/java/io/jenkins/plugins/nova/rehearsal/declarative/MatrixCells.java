package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The combinations of a matrix that run. The first axis changes fastest, as on a controller. */
final class MatrixCells {
    private MatrixCells() {}

    /**
     * Each with its name and its variables.
     *
     * @param axes rows of "name" and "values"
     * @param excludes rows of such rows, in which "not" turns the meaning of the values around; null for none
     */
    static List<Map<String, Object>> of(List<Map<String, Object>> axes, List<List<Map<String, Object>>> excludes) {
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
        for (Map<String, Object> axis : axes) {
            List<Map<String, String>> next = new ArrayList<>();
            for (Object value : (List<?>) axis.get("values")) {
                for (Map<String, String> cell : all) {
                    Map<String, String> longer = new LinkedHashMap<>(cell);
                    longer.put(String.valueOf(axis.get("name")), String.valueOf(value));
                    next.add(longer);
                }
            }
            all = next;
        }
        return all.stream()
                .filter(cell -> excludes == null || excludes.stream().noneMatch(each -> isIn(each, cell)))
                .map(MatrixCells::cell)
                .toList();
    }

    private static Map<String, Object> cell(Map<String, String> values) {
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put(
                "name",
                "Matrix - "
                        + values.entrySet().stream()
                                .map(each -> each.getKey() + " = '" + each.getValue() + "'")
                                .collect(Collectors.joining(", ")));
        List<String> variables = new ArrayList<>();
        values.forEach((name, value) -> variables.add(name + "=" + value));
        cell.put("axes", variables);
        return cell;
    }

    private static boolean isIn(List<Map<String, Object>> exclude, Map<String, String> cell) {
        return exclude.stream().allMatch(axis -> {
            boolean named = ((List<?>) axis.get("values"))
                    .stream().map(String::valueOf).anyMatch(value -> value.equals(cell.get(axis.get("name"))));
            return named != Boolean.TRUE.equals(axis.get("not"));
        });
    }
}
