package ai.mavster.credits.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The service starts on the database as the other scenarios have left it. The last one: what was compiled is lost. */
final class Starts implements Scenario {

    private static final int STARTS = 3;

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            stage.restart();
            seconds.add(stage.service().startedIn().toMillis() / 1e3);
        }
        stage.report().fact("start on an existing database, s", List.copyOf(seconds));
        Collections.sort(seconds);
        stage.report().add(Aim.atMost(3, "start: seconds until ready, median", seconds.get(STARTS / 2)));
    }
}
