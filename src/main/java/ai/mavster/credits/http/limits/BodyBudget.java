package ai.mavster.credits.http.limits;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes bodies may take up together, from when they come in until their requests are answered. Only what is
 * beyond {@link IncomingBody#SMALL} counts. When it is all taken, those that have been coming in for the longest give
 * way to newer ones; so a client that stops in the middle of large bodies cannot keep others from sending theirs.
 */
final class BodyBudget {

    private final long most;
    private final Map<IncomingBody, Share> shares = new LinkedHashMap<>();
    private long taken;

    BodyBudget(long most) {
        this.most = most;
    }

    private static final class Share {
        private long bytes;
        private boolean complete;
        private boolean givenUp;
    }

    /** Takes so many bytes for the body in all; false if even others that are not complete cannot make room. */
    boolean take(IncomingBody body, long bytes) {
        List<IncomingBody> givingWay = new ArrayList<>();
        boolean fits = take(body, bytes, givingWay);
        givingWay.forEach(IncomingBody::giveWay);
        return fits;
    }

    private synchronized boolean take(IncomingBody body, long bytes, List<IncomingBody> givingWay) {
        Share share = shares.computeIfAbsent(body, first -> new Share());
        if (share.givenUp) {
            return false;
        }
        long more = bytes - share.bytes;
        Iterator<Map.Entry<IncomingBody, Share>> oldest = shares.entrySet().iterator();
        while (taken + more > most && oldest.hasNext()) {
            Map.Entry<IncomingBody, Share> other = oldest.next();
            if (other.getKey() != body && !other.getValue().complete && !other.getValue().givenUp) {
                giveUp(other.getValue());
                givingWay.add(other.getKey());
            }
        }
        if (taken + more > most) {
            giveUp(share);
            return false;
        }
        taken += more;
        share.bytes = bytes;
        return true;
    }

    private void giveUp(Share share) {
        share.givenUp = true;
        taken -= share.bytes;
        share.bytes = 0;
    }

    /** The body has come in whole: it is worked on, and gives way to none. False if it has given way already. */
    synchronized boolean complete(IncomingBody body) {
        Share share = shares.get(body);
        if (share == null || share.givenUp) {
            return false;
        }
        share.complete = true;
        return true;
    }

    synchronized void release(IncomingBody body) {
        Share share = shares.remove(body);
        if (share != null) {
            taken -= share.bytes;
        }
    }
}
