package ai.mavster.credits.failure.cluster;

import java.util.SplittableRandom;

/** Something that breaks, lasts for a while, and is mended. */
@FunctionalInterface
public interface Fault {

    /**
     * Returns when it is mended.
     *
     * @return what was done, for the log
     */
    String strike(Cluster cluster, SplittableRandom random) throws Exception;
}
