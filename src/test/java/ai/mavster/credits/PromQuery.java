package ai.mavster.credits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query of Prometheus asks for: the metrics, with what their labels must be, and the labels that it groups by. Of
 * the language it knows what tells these from all else; that a query is well-formed it does not say.
 *
 * @param groupedBy the labels that results are grouped or matched by
 */
record PromQuery(List<Selector> selectors, Set<String> groupedBy) {

    private static final Pattern TOKEN = Pattern.compile("\\s+|#.*"
            + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
            + "|(?<range>\\[[^\\]]*])"
            + "|(?<number>\\d[\\w.]*)"
            + "|(?<name>\\$?[a-zA-Z_][a-zA-Z0-9_:]*)"
            + "|(?<operator>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},])");

    /** Words after which labels stand in parentheses. */
    private static final Set<String> BEFORE_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");

    /** A metric, and the conditions on its labels, each with its operator and what stands beside it. */
    record Selector(String metric, Map<String, Condition> conditions) {}

    /** One of {@code = != =~ !~}, and the text. */
    record Condition(String operator, String text) {

        boolean admits(String value) {
            return switch (operator) {
                case "=" -> value.equals(text);
                case "!=" -> !value.equals(text);
                case "=~" -> value.matches(text);
                case "!~" -> !value.matches(text);
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    static PromQuery parse(String query) {
        List<String> tokens = tokens(query);
        List<Selector> selectors = new ArrayList<>();
        Set<String> groupedBy = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!token.matches("[a-zA-Z_].*") || WORDS.contains(token.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (BEFORE_LABELS.contains(token)) {
                int end = next.equals("(") ? tokens.subList(i, tokens.size()).indexOf(")") + i : i;
                tokens.subList(i + 1, end).stream()
                        .filter(label -> label.matches("[a-zA-Z_].*"))
                        .forEach(groupedBy::add);
                i = end;
            } else if (next.equals("{")) {
                int end = tokens.subList(i, tokens.size()).indexOf("}") + i;
                selectors.add(new Selector(token, conditions(tokens.subList(i + 2, end))));
                i = end;
            } else if (!next.equals("(") && !BEFORE_LABELS.contains(next)) {
                selectors.add(new Selector(token, Map.of()));
            }
        }
        return new PromQuery(selectors, groupedBy);
    }

    private static Map<String, Condition> conditions(List<String> tokens) {
        Map<String, Condition> conditions = new TreeMap<>();
        for (int i = 0; i + 2 < tokens.size(); i += 4) {
            String text = tokens.get(i + 2);
            conditions.put(tokens.get(i), new Condition(tokens.get(i + 1), text.substring(1, text.length() - 1)));
        }
        return conditions;
    }

    private static List<String> tokens(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher next = TOKEN.matcher(query);
        int end = 0;
        while (end < query.length()) {
            if (!next.find() || next.start() != end) {
                throw new IllegalArgumentException("'" + query.substring(end) + "' of " + query);
            }
            end = next.end();
            if (!next.group().isBlank() && !next.group().startsWith("#") && next.group("range") == null) {
                tokens.add(next.group());
            }
        }
        return tokens;
    }
}
