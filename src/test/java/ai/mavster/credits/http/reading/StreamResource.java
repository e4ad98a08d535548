package ai.mavster.credits.http.reading;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A list of so many pages of a megabyte, which fails where it is told to. */
@Path("/v1/stream")
@PermitAll
@Blocking
public class StreamResource {

    static final int ROWS = 1_000;
    private static final String KILOBYTE = "x".repeat(1_000);

    /** How many pages were read. */
    static final AtomicInteger READ = new AtomicInteger();

    @Inject
    CsvStreams streams;

    /** A megabyte at once. */
    @GET
    @Path("/page")
    @Produces("text/plain")
    public String page() {
        READ.incrementAndGet();
        return KILOBYTE.repeat(ROWS);
    }

    @GET
    @Path("/{account}/{pages}/{fails}")
    @Produces("text/csv")
    public Multi<byte[]> stream(
            @PathParam("account") String account, @PathParam("pages") int pages, @PathParam("fails") int fails) {
        AtomicInteger page = new AtomicInteger();
        return streams.of(account, List.of("row"), csv -> {
            READ.incrementAndGet();
            if (page.incrementAndGet() == fails) {
                throw new IllegalStateException("page " + fails);
            }
            for (int row = 0; row < ROWS; row++) {
                csv.row(Stream.of(KILOBYTE));
            }
            return page.get() < pages;
        });
    }
}
