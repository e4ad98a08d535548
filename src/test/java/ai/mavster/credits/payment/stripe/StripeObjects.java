package ai.mavster.credits.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All that Stripe has, in the shapes of its published fixtures. */
final class StripeObjects {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonNode FIXTURES = fixtures();

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Clock clock;
    private int next = 1;

    StripeObjects(Clock clock) {
        this.clock = clock;
    }

    private static JsonNode fixtures() {
        try (InputStream file = StripeObjects.class.getResourceAsStream("/stripe/fixtures.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode fixture(String type) {
        return FIXTURES.get(type).deepCopy();
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** A new one of a kind, with an id such as {@code pi_test7}. */
    synchronized ObjectNode make(String type, String prefix, Consumer<ObjectNode> content) {
        ObjectNode made = fixture(type);
        made.put("id", prefix + "_test" + next++ + Long.toString(System.identityHashCode(this), 36));
        made.put("created", now());
        made.set("metadata", JSON.createObjectNode());
        content.accept(made);
        objects.put(made.get("id").asText(), made);
        return made.deepCopy();
    }

    synchronized ObjectNode get(String id) {
        ObjectNode found = objects.get(id);
        return found == null ? null : found.deepCopy();
    }

    synchronized ObjectNode change(String id, Consumer<ObjectNode> change) {
        ObjectNode object = objects.get(id);
        change.accept(object);
        return object.deepCopy();
    }

    synchronized void remove(String id) {
        objects.remove(id);
    }

    /** Newest first. */
    synchronized List<ObjectNode> all(String type, Predicate<ObjectNode> wanted) {
        List<ObjectNode> found = new ArrayList<>();
        objects.values().stream()
                .filter(object -> object.get("object").asText().equals(type))
                .filter(wanted)
                .forEach(object -> found.add(object.deepCopy()));
        Collections.reverse(found);
        return found;
    }

    /** A page of a list, by {@code limit} and {@code starting_after}. */
    ObjectNode page(List<ObjectNode> all, JsonNode asked) {
        String after = asked.path("starting_after").asText("");
        List<ObjectNode> rest = new ArrayList<>(all);
        if (!after.isEmpty()) {
            while (!rest.isEmpty() && !rest.remove(0).get("id").asText().equals(after)) {
                // the one after it is the first
            }
        }
        int limit = asked.path("limit").asInt(10);
        ObjectNode page = JSON.createObjectNode().put("object", "list").put("url", "/v1/list");
        page.put("has_more", rest.size() > limit);
        page.putArray("data").addAll(rest.subList(0, Math.min(limit, rest.size())));
        return page;
    }

    /** Replaces the id at a path such as {@code data.payment_intent.latest_charge}, and those on the way, by objects. */
    void expand(JsonNode node, String path) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (node instanceof ObjectNode object) {
            JsonNode value = object.path(step);
            ObjectNode found = value.isTextual() ? get(value.asText()) : null;
            if (found != null) {
                object.set(step, found);
            }
            expandRest(object.path(step), rest);
        }
    }

    private void expandRest(JsonNode value, String rest) {
        if (rest.isEmpty()) {
            return;
        }
        if (value instanceof ArrayNode list) {
            list.forEach(element -> expand(element, rest));
        } else {
            expand(value, rest);
        }
    }
}
