package ai.mavster.credits.http.reading;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How much may be read at once by answers that take long; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "credits.reading")
interface ReadingSettings {

    /**
     * How many answers may be searched for, added up or proved at once; of one caller, and of one account, half of
     * them.
     */
    int atOnce();

    /** How many streams may be open; of one caller, and of one account, half of them. */
    int streams();

    /** How long an answer waits for its turn. */
    Duration turnWithin();

    /** How long a proof or a report may take. */
    Duration longAnswerWithin();

    /** How long a stream may take. */
    Duration streamWithin();

    /** How long a client may leave a piece of what it is sent untaken. */
    Duration takenWithin();
}
