package ai.mavster.credits.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void ofOneCallerThereIsRoomForHalf() {
        Places places = new Places(4);

        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isFalse();
        assertThat(places.take("b")).isTrue();
        assertThat(places.taken()).isEqualTo(3);
        places.giveBack("a");
        assertThat(places.take("a")).isTrue();
    }

    @Test
    void inAllThereIsRoomForSoMany() {
        Places places = new Places(2);

        assertThat(places.take("a")).isTrue();
        assertThat(places.take("b")).isTrue();
        assertThat(places.take("c")).isFalse();
        places.giveBack("b");
        assertThat(places.take("c")).isTrue();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void theOnlyPlaceIsAnybodys() {
        assertThat(new Places(1).take("a")).isTrue();
        assertThat(new Places(0).take("a")).isFalse();
    }
}
