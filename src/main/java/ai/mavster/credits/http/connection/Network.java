package ai.mavster.credits.http.connection;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom limits by address take for one caller. */
public final class Network {

    private static final int IPV6_BYTES = 16;

    /** The size of a subnet: a host that has one of its addresses can usually take any of them. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private Network() {}

    /** The address itself, or the first half of an IPv6 address; what is neither stays as it is. */
    public static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != IPV6_BYTES ? address : of(bytes);
    }

    private static String of(byte[] ipv6) {
        return HexFormat.of().formatHex(Arrays.copyOf(ipv6, IPV6_NETWORK_BYTES));
    }
}
