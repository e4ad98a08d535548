package ai.mavster.credits.event.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** By what the machine knows: its own table of hosts, and the domain name system. On a few threads of its own. */
@Singleton
class SystemResolver implements HostResolver {

    private static final int THREADS = 16;
    private static final int WAITING = 1_000;
    private static final long SECONDS = 5;

    private final ThreadPoolExecutor threads;

    SystemResolver() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "webhook-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            return CompletableFuture.supplyAsync(() -> addresses(host), threads).orTimeout(SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
