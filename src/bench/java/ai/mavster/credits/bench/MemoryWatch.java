package ai.mavster.credits.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the memory of the service, from time to time, and keeps the most it has seen. */
final class MemoryWatch implements AutoCloseable {

    private static final long LOOK_MILLIS = 500;

    private final Service service;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private long heap;
    private long resident;

    MemoryWatch(Service service) {
        this.service = service;
        var unused = looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * @param heapMegabytes in use, garbage included
     * @param residentMegabytes of the whole process; 0 on a system that has no {@code /proc}
     */
    record Peak(long heapMegabytes, long residentMegabytes) {

        @Override
        public String toString() {
            return heapMegabytes + " MB of heap, " + residentMegabytes + " MB resident";
        }
    }

    synchronized Peak peak() {
        return new Peak(heap >> 20, resident >> 20);
    }

    private void look() {
        try {
            long usedNow = heap();
            long residentNow = resident();
            synchronized (this) {
                heap = Math.max(heap, usedNow);
                resident = Math.max(resident, residentNow);
            }
        } catch (IOException | RuntimeException e) {
            Report.say("The memory could not be looked at: " + e);
        }
    }

    private long heap() {
        return (long) service.text("/q/metrics")
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(service.process().pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        looks.shutdown();
    }
}
