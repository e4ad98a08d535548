package ai.mavster.credits.event.delivery;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds out which addresses a host has, by its name or as what it is: an address. */
interface HostResolver {

    /** Fails where there are none, or none are found in time. */
    CompletionStage<List<InetAddress>> resolve(String host);
}
