package ai.mavster.credits.event;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Declares in the contract what each type of event looks like when it is delivered. The record that is announced has
 * the schema that is called after the type; the account and the event's number are added to it here.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 2)
public class EventsInContract implements OASFilter {

    private static final String SCHEMAS = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        Map<String, Schema> schemas = contract.getComponents().getSchemas();
        Schema event = Objects.requireNonNull(schemas.get("Event"));
        List<Schema> all = new ArrayList<>();
        Map<String, PathItem> webhooks = new LinkedHashMap<>();
        Map<String, Schema> bodies = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            String name = nameOf(type);
            Schema data = schemas.get(name);
            if (data != null) {
                addPlace(data);
                all.add(OASFactory.createSchema().ref(SCHEMAS + name));
                bodies.put(name + "Event", body(event, type, name));
                webhooks.put(type.id(), webhook(type, name, data));
            }
        }
        Schema any = Objects.requireNonNull(event.getProperties().get("data"));
        any.setType(null);
        any.setAnyOf(all);
        bodies.forEach(contract.getComponents()::addSchema);
        contract.setWebhooks(webhooks);
    }

    /** {@code budget.exceeded} is {@code BudgetExceeded}. */
    static String nameOf(EventType type) {
        return Arrays.stream(type.id().split("[._]", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static void addPlace(Schema data) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        properties.put("account_id", OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        properties.put(
                "sequence",
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.INTEGER)
                        .format("int64")
                        .minimum(BigDecimal.ONE)
                        .description(
                                "The event's number within its account: 1, 2, 3, … without a gap, in the order in which things happened.")
                        .addExample(42));
        if (data.getProperties() != null) {
            properties.putAll(data.getProperties());
        }
        data.setProperties(properties);
        data.addRequired("account_id").addRequired("sequence");
        data.setExamples(List.of(example(data)));
    }

    private static Map<String, @Nullable Object> example(Schema data) {
        Map<String, @Nullable Object> example = new LinkedHashMap<>();
        example.put("account_id", "acct_7");
        example.put("sequence", 42);
        if (data.getExamples() != null && data.getExamples().get(0) instanceof Map<?, ?> given) {
            given.forEach((field, value) -> example.put(String.valueOf(field), value));
        }
        return example;
    }

    private static Schema body(Schema event, EventType type, String data) {
        Schema body = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        event.getProperties().forEach((field, schema) -> {
            body.addProperty(
                    field,
                    switch (field) {
                        case "type" ->
                            OASFactory.createSchema()
                                    .addType(Schema.SchemaType.STRING)
                                    .enumeration(List.of(type.id()));
                        case "data" -> OASFactory.createSchema().ref(SCHEMAS + data);
                        default -> schema;
                    });
            body.addRequired(field);
        });
        return body;
    }

    private static PathItem webhook(EventType type, String name, Schema data) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("id", "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b");
        example.put("type", type.id());
        example.put("timestamp", "2026-11-21T18:39:00Z");
        example.put("version", 1);
        example.put("data", example(data));
        return OASFactory.createPathItem()
                .POST(OASFactory.createOperation()
                        .summary(data.getDescription())
                        .description(
                                "To each webhook endpoint that wants it, signed as Standard Webhooks has it. Whatever is answered within 15"
                                        + " seconds with 2xx takes it; anything else, and a redirect, is tried again.")
                        .addTag("Events")
                        .parameters(List.of(
                                header(
                                        "webhook-id",
                                        "The event's id, the same however often it is delivered.",
                                        "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b"),
                                header("webhook-timestamp", "When it was sent, in seconds since 1970.", "1795286340"),
                                header(
                                        "webhook-signature",
                                        "`v1,` and the HMAC-SHA256, in base64, of id, timestamp and body, joined by dots; one for each secret"
                                                + " that is good, separated by spaces.",
                                        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")))
                        .requestBody(OASFactory.createRequestBody()
                                .required(true)
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                "application/json",
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref(SCHEMAS + name + "Event"))
                                                        .example(example))))
                        .responses(answers()));
    }

    private static Parameter header(String name, String description, String example) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .required(true)
                .description(description)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))
                .example(example);
    }

    private static APIResponses answers() {
        return OASFactory.createAPIResponses()
                .addAPIResponse("2XX", OASFactory.createAPIResponse().description("The event was taken."))
                .addAPIResponse(
                        "410",
                        OASFactory.createAPIResponse()
                                .description("Nobody is there any more: the endpoint is disabled at once."))
                .addAPIResponse(
                        "429", OASFactory.createAPIResponse().description("Too much. A `Retry-After` is honoured."));
    }
}
