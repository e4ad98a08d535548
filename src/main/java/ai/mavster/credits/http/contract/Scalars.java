package ai.mavster.credits.http.contract;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The forms of what has a type of its own in Java and another form in JSON: texts, and pairs of texts. */
final class Scalars {

    /** From a minute to seven days. The service reads others too, such as {@code PT90S}; these are enough to say. */
    private static final String DURATION =
            "^P([1-7]D|[1-6]DT([0-9]|1[0-9]|2[0-3])H|T(([1-9]|[1-9][0-9]|1[0-5][0-9]|16[0-7])H([0-5]?[0-9]M)?|168H|[1-9][0-9]{0,3}M))$";

    private Scalars() {}

    private static Schema text(String pattern, int most) {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.STRING)
                .pattern(pattern)
                .minLength(1)
                .maxLength(most);
    }

    static void complete(String name, Schema schema) {
        switch (name) {
            // Its format says it all: with a pattern beside it, what is generated from the contract in Python does not
            // load.
            case "Instant" ->
                schema.description("RFC 3339, kept to the microsecond and answered in UTC.")
                        .examples(List.of("2026-11-21T18:39:00Z"));
            case "Duration" ->
                schema.pattern(DURATION)
                        .description("ISO 8601, in days, hours and minutes: from PT1M to P7D.")
                        .examples(List.of("PT1H"));
            // The scanner takes it for its record.
            case "Metadata" ->
                schema.properties(null)
                        .propertyNames(text("^[A-Za-z0-9_.-]+$", 40))
                        .additionalPropertiesSchema(text(Constraints.PRINTABLE, 500));
            default -> {
                // Others say what they are in Java.
            }
        }
    }
}
