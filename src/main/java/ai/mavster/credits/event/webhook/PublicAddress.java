package ai.mavster.credits.event.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet: not this host, not its networks, nobody's metadata. Of IPv4 all but
 * the special ones of RFC 6890 and its registry; of IPv6 global unicast alone, without what leads to IPv4 by another
 * way (6to4, Teredo). Mapped, compatible and translated forms of IPv4 are outside of that anyway.
 */
public final class PublicAddress {

    private static final List<Range> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // Of global unicast:
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Range::of)
            .toList();

    private static final Range GLOBAL_UNICAST = Range.of("2000::/3");
    private static final int IPV4_BYTES = 4;

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes.length == IPV4_BYTES || GLOBAL_UNICAST.holds(bytes))
                && SPECIAL.stream().noneMatch(range -> range.holds(bytes));
    }

    /** The addresses that begin with the same bits. */
    private record Range(byte[] start, int bits) {

        static Range of(String text) {
            String[] parts = text.split("/", -1);
            try {
                return new Range(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("Not looked up, since it is no name: " + text, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if ((address[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
