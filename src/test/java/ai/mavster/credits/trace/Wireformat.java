package ai.mavster.credits.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A message of Protocol Buffers, read field by field without its definition. */
final class Wireformat {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final List<Field> fields = new ArrayList<>();

    /** A number of 64 bits, or bytes. */
    private record Field(int number, long value, byte[] bytes) {}

    private Wireformat() {}

    static Wireformat parse(byte[] message) {
        Wireformat parsed = new Wireformat();
        ByteBuffer rest = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            int tag = (int) varint(rest);
            int number = tag >>> 3;
            switch (tag & 7) {
                case VARINT -> parsed.fields.add(new Field(number, varint(rest), new byte[0]));
                case FIXED64 -> parsed.fields.add(new Field(number, rest.getLong(), new byte[0]));
                case BYTES -> {
                    byte[] bytes = new byte[(int) varint(rest)];
                    rest.get(bytes);
                    parsed.fields.add(new Field(number, 0, bytes));
                }
                default -> rest.getInt();
            }
        }
        return parsed;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private Stream<Field> all(int number) {
        return fields.stream().filter(field -> field.number == number);
    }

    Stream<Wireformat> messages(int number) {
        return all(number).map(field -> parse(field.bytes));
    }

    long number(int number) {
        return all(number).mapToLong(Field::value).findFirst().orElse(0);
    }

    String text(int number) {
        return all(number)
                .map(field -> new String(field.bytes, UTF_8))
                .findFirst()
                .orElse("");
    }

    String hex(int number) {
        return all(number)
                .map(field -> HexFormat.of().formatHex(field.bytes))
                .findFirst()
                .orElse("");
    }
}
