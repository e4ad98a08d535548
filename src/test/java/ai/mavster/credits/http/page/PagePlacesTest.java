package ai.mavster.credits.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagePlacesTest {

    @Test
    void oneReaderGetsHalfAndAllOfThemAllThereAre() {
        PagePlaces places = new PagePlaces(4);

        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isFalse();
        assertThat(places.enter("b")).isTrue();
        assertThat(places.enter("c")).isTrue();
        assertThat(places.enter("d")).isFalse();

        places.leave("a");
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("d")).isFalse();
        places.leave("b");
        assertThat(places.enter("d")).isTrue();
    }
}
