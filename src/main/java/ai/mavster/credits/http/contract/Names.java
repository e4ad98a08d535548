package ai.mavster.credits.http.contract;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Names that mean the same wherever they occur, as a parameter or as a field: what that is, its form, and an example.
 * What an endpoint says of its own comes first.
 */
final class Names {

    private static final String SEVERAL = " Any of several, separated by commas.";

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final Map<String, Meaning> ALL = Map.ofEntries(
            Map.entry("account_id", callers("The account, by the caller's own id.", "acct_7")),
            Map.entry("run_id", callers("The run, by the caller's own id.", "run-1")),
            Map.entry("parent_run_id", callers("The run that called it.", "run-0")),
            Map.entry("project_id", callers("The project, by the caller's own id.", "checkout")),
            Map.entry("workspace_id", callers("The workspace, by the caller's own id.", "team-blue")),
            Map.entry("test_id", callers("The test, by the caller's own id.", "guest-can-pay")),
            Map.entry(
                    "scope_id",
                    callers("Of what it is: the account, the workspace or the project, by its id.", "checkout")),
            Map.entry("action", callers("The action, as the rate card names it.", "/mave/chat")),
            Map.entry("plan", callers("The plan, by its id.", "pro")),
            Map.entry("plan_id", callers("The plan, by its id.", "team")),
            Map.entry("pack", callers("The pack, by its id.", "medium")),
            Map.entry("pack_id", callers("The pack, by its id.", "medium")),
            Map.entry("next_plan", callers("The plan, by its id.", "ultra")),
            Map.entry("previous_plan", callers("The plan, by its id.", "basic")),
            Map.entry("grant_id", ours("The grant.", "grant")),
            Map.entry("debit_id", ours("The debit, by the id that it was answered with.", "debit")),
            Map.entry(
                    "reverses",
                    new Meaning(
                            "The debit or the grant, by the id that it was answered with.",
                            "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",
                            text().pattern("^(debit|grant)_" + UUID + "$"))),
            Map.entry("hold_id", ours("The hold.", "hold")),
            Map.entry("event_id", ours("The event.", "evt")),
            Map.entry("endpoint_id", ours("The webhook endpoint.", "endpoint")),
            Map.entry("checkout_id", ours("The checkout.", "checkout")),
            Map.entry("session_id", ours("The session of the billing page.", "session")),
            Map.entry(
                    "payment_event_id",
                    new Meaning(
                            "The event, by the provider's own id.",
                            "evt_1PqXkT2eZvKYlo2C",
                            text().pattern("^[!-~]{1,255}$").minLength(1).maxLength(255))),
            Map.entry("key_id", ours("The key, by its id.", "key")),
            Map.entry("idempotency_key", key("Makes a repeat harmless: unique within the account.")),
            Map.entry(IdempotencyKey.HEADER, key("Makes a repeat harmless: unique within the account.")),
            Map.entry("limit", new Meaning("How many rows at most.", 50, limit())),
            Map.entry(
                    "cursor",
                    new Meaning(
                            "The `next_cursor` of the page before.",
                            "bjQy",
                            text().pattern("^[A-Za-z0-9_-]+$").minLength(1).maxLength(1_500))),
            Map.entry(
                    "posting_id",
                    new Meaning(
                            "The id that a debit, grant, reversal or void was answered with.",
                            "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",
                            text().pattern("^[a-z]+_" + UUID + "$"))),
            Map.entry(
                    "hash",
                    new Meaning(
                            "SHA-256, in hexadecimal.",
                            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                            text().pattern("^[0-9a-f]{64}$"))),
            Map.entry("next_cursor", new Meaning("Send it as `cursor` to get the next page.", "bjQy", text())),
            Map.entry(
                    HttpHeaders.IF_NONE_MATCH,
                    new Meaning(
                            "The ETag of an earlier answer.", '"' + "5d41402abc4b2a76b9719d911017c592" + '"', text())),
            Map.entry(
                    "time_zone",
                    new Meaning(
                            "A time zone, by its IANA name.",
                            "Europe/Berlin",
                            text().pattern("^[A-Za-z0-9._+/:-]+$").minLength(1).maxLength(64))),
            Map.entry("from", instant("Only what occurred at this instant or later.")),
            Map.entry(
                    "to",
                    new Meaning(
                            "Only what occurred before this instant.",
                            "2026-12-21T18:39:00Z",
                            text().format("date-time"))),
            Map.entry("at", instant("As of this instant.")));

    private Names() {}

    /** What one name means. */
    private record Meaning(String description, Object example, Schema form) {}

    private static Meaning callers(String description, String example) {
        return new Meaning(
                description,
                example,
                text().pattern("^" + Identifier.PATTERN + "$").minLength(1).maxLength(128));
    }

    private static Meaning ours(String description, String prefix) {
        return new Meaning(
                description,
                prefix + "_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",
                text().pattern("^" + prefix + "_" + UUID + "$"));
    }

    private static Meaning key(String description) {
        return new Meaning(
                description,
                "run-1-step-3",
                text().pattern("^" + IdempotencyKey.PATTERN + "$").minLength(1).maxLength(255));
    }

    private static Meaning instant(String description) {
        return new Meaning(description, "2026-11-21T18:39:00Z", text().format("date-time"));
    }

    private static Schema limit() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .minimum(java.math.BigDecimal.ONE)
                .maximum(java.math.BigDecimal.valueOf(1_000))
                .defaultValue(50);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    static void complete(Parameter parameter) {
        Meaning meaning = ALL.get(parameter.getName());
        if (meaning == null) {
            return;
        }
        Schema schema = parameter.getSchema();
        boolean several = schema != null && schema.getItems() != null && isPlain(schema.getItems());
        if (parameter.getDescription() == null) {
            parameter.setDescription(several ? meaning.description + SEVERAL : meaning.description);
        }
        if (parameter.getExample() == null) {
            parameter.setExample(several ? List.of(meaning.example) : meaning.example);
        }
        if (several) {
            schema.setItems(meaning.form);
            schema.setMinItems(1);
            parameter.setStyle(Parameter.Style.FORM);
            parameter.setExplode(false);
        } else if (isPlain(schema)) {
            parameter.setSchema(meaning.form);
        }
    }

    /** A field that is a text of no other form. */
    static void complete(String name, Schema field) {
        Meaning meaning = ALL.get(name);
        if (meaning == null || field.getRef() != null || !isText(field)) {
            return;
        }
        if (field.getPattern() == null && field.getEnumeration() == null) {
            field.setPattern(meaning.form.getPattern());
        }
        if (field.getPattern() != null) {
            field.setMinLength(meaning.form.getMinLength());
            field.setMaxLength(meaning.form.getMaxLength());
        }
        if (field.getExamples() == null) {
            field.setExamples(List.of(meaning.example));
        }
        if (field.getDescription() == null) {
            field.setDescription(meaning.description);
        }
    }

    private static boolean isText(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.STRING);
    }

    private static boolean isPlain(@Nullable Schema schema) {
        return schema == null
                || (schema.getRef() == null
                        && schema.getEnumeration() == null
                        && schema.getFormat() == null
                        && schema.getOneOf() == null
                        && schema.getItems() == null
                        && isText(schema));
    }
}
