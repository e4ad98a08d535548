package ai.mavster.credits.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/** What Stripe is asked with: {@code a[b][0]=c} in a form or a query; lists come as objects with numbers for names. */
final class Form {

    private Form() {}

    static ObjectNode parse(String form) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (form == null || form.isEmpty()) {
            return root;
        }
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = URLDecoder.decode(pair.substring(0, equals), UTF_8);
            put(
                    root,
                    List.of(name.replace("]", "").split("\\[", -1)),
                    URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return root;
    }

    private static void put(ObjectNode root, List<String> path, String value) {
        ObjectNode node = root;
        for (String step : path.subList(0, path.size() - 1)) {
            node = node.withObjectProperty(step);
        }
        node.put(path.get(path.size() - 1), value);
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
