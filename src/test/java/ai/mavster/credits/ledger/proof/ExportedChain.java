package ai.mavster.credits.ledger.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Computes the hashes of exported entries as {@code src/docs/hash.md} has it, by no code of the ledger's.
 */
final class ExportedChain {

    private static final List<String> PURPOSE =
            List.of("action", "quantity", "workspace_id", "project_id", "test_id", "run_id");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ExportedChain() {}

    /** The fields of an entry by the names of the CSV's columns; absent ones are not in it. */
    static Map<String, String> fields(JsonNode entry) {
        Map<String, String> fields = new TreeMap<>();
        entry.properties().forEach(field -> put(fields, field.getKey(), field.getValue()));
        entry.get("hashed").properties().forEach(field -> put(fields, field.getKey(), field.getValue()));
        entry.get("author").properties().forEach(field -> put(fields, "author_" + field.getKey(), field.getValue()));
        if (entry.get("amount").isObject()) {
            fields.put("amount", entry.at("/amount/value").asText());
            fields.put("currency", entry.at("/amount/currency").asText());
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, JsonNode value) {
        if (!value.isNull()) {
            fields.put(name, value.isValueNode() ? value.asText() : value.toString());
        }
    }

    /** What is wrong with a whole statement, newest entry first; null: nothing is. */
    static @Nullable String fault(List<Map<String, String>> newestFirst) throws Exception {
        String previous = "00".repeat(32);
        List<Map<String, String>> entries = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(entries);
        for (int i = 0; i < entries.size(); i++) {
            Map<String, String> entry = entries.get(i);
            if (!entry.get("seq").equals(String.valueOf(i + 1))) {
                return "place " + (i + 1);
            }
            if (!entry.get("previous_hash").equals(previous) || !hash(entry).equals(entry.get("hash"))) {
                return "hash of " + entry.get("seq");
            }
            if (entry.containsKey("text_salt") && !textDigest(entry).equals(entry.get("text_digest"))) {
                return "texts of " + entry.get("seq");
            }
            previous = entry.get("hash");
        }
        return null;
    }

    private static String hash(Map<String, String> entry) throws GeneralSecurityException {
        ExportedChain form = new ExportedChain();
        form.number(entry.get("hash_version")).hex(entry.get("previous_hash")).number(entry.get("seq"));
        form.id(entry.get("grant_id")).credits(entry.get("credits")).credits(entry.get("balance_after"));
        form.text(entry.get("account_id")).id(entry.get("posting_id")).text(entry.get("kind"));
        form.text(entry.get("idempotency_key"));
        List.of("requested", "posted", "captured", "balance", "held", "owed")
                .forEach(name -> form.credits(entry.get(name)));
        PURPOSE.forEach(name -> form.text(entry.get(name)));
        form.id(entry.get("reverses"));
        form.text(entry.get("author_type")).text(entry.get("author_id")).text(entry.get("author_name"));
        form.hex(entry.get("text_digest")).instant(entry.get("occurred_at"));
        form.number(entry.get("first_seq")).number(entry.get("entries")).hex(entry.get("fingerprint"));
        form.instant(entry.get("expires_at")).text(plain(entry.get("amount"))).text(entry.get("currency"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(form.bytes.toByteArray());
        return HexFormat.of().formatHex(digest);
    }

    private static String textDigest(Map<String, String> entry) throws Exception {
        ExportedChain form = new ExportedChain();
        form.id(entry.get("posting_id")).text(entry.get("reference")).text(entry.get("note"));
        TreeMap<String, String> pairs = new TreeMap<>();
        if (entry.containsKey("metadata")) {
            new ObjectMapper()
                    .readTree(entry.get("metadata"))
                    .properties()
                    .forEach(pair -> pairs.put(pair.getKey(), pair.getValue().asText()));
        }
        form.number(String.valueOf(pairs.size()));
        pairs.forEach((key, value) -> form.text(key).text(value));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(entry.get("text_salt")), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(form.bytes.toByteArray()));
    }

    private static @Nullable String plain(@Nullable String decimal) {
        return decimal == null
                ? null
                : new BigDecimal(decimal).stripTrailingZeros().toPlainString();
    }

    private ExportedChain number(long number) {
        bytes.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
        return this;
    }

    private ExportedChain number(String number) {
        return number(Long.parseLong(number));
    }

    private ExportedChain credits(String credits) {
        return number(new BigDecimal(credits).movePointRight(6).longValueExact());
    }

    private ExportedChain sized(@Nullable String value, Function<String, byte[]> form) {
        if (value == null) {
            return number(-1);
        }
        byte[] of = form.apply(value);
        number(of.length).bytes.writeBytes(of);
        return this;
    }

    private ExportedChain text(@Nullable String text) {
        return sized(text, value -> value.getBytes(StandardCharsets.UTF_8));
    }

    private ExportedChain hex(@Nullable String hex) {
        return sized(hex, value -> HexFormat.of().parseHex(value));
    }

    private ExportedChain id(@Nullable String id) {
        return hex(id == null ? null : id.substring(id.indexOf('_') + 1).replace("-", ""));
    }

    private ExportedChain instant(@Nullable String instant) {
        return sized(instant, value -> {
            Instant at = Instant.parse(value);
            return ByteBuffer.allocate(8)
                    .putLong(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000)
                    .array();
        });
    }
}
