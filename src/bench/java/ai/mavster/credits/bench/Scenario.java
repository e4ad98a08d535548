package ai.mavster.credits.bench;

/** Something that is measured: seeds what it needs, and gives its figures and aims to the report. */
interface Scenario {

    void run(Stage stage) throws Exception;
}
