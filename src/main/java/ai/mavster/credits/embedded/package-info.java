/**
 * The PostgreSQL that the service brings along when it is given none.
 *
 * <ul>
 *   <li>It keeps data, so it runs with {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on; the
 *       settings are given on its command line, where no file in the data directory can undo them.
 *   <li>One process owns a data directory, proved by an operating system lock that ends with the process. Whatever else
 *       is found there (a server whose service was killed, a process id left by a crash) is a leftover, and is dealt
 *       with under that lock.
 *   <li>The server runs in a session of its own: Ctrl-C in a terminal reaches the service only, which drains its work
 *       while the database is still there and stops it last. Should the service be killed outright, a watching shell
 *       stops the server at once.
 *   <li>It listens on the loopback address only, and asks for a password that is made at the first start and readable
 *       by its owner only. The service's role owns its database and is no superuser.
 * </ul>
 *
 * The server is run with its own tools ({@code initdb}, {@code pg_ctl}) instead of the wrapper library that ships the
 * binaries: the wrapper starts it within the terminal's process group, without a password, and gives up on a stop after
 * five seconds.
 */
@NullMarked
package ai.mavster.credits.embedded;

import org.jspecify.annotations.NullMarked;
