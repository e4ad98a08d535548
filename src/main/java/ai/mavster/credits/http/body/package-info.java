/**
 * The bodies of requests: how they are read and checked, and how what is wrong with one is named.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Nothing is coerced: a number is a number, a string a string, an unknown or repeated field is an error.
 *   <li>An amount of credits is read from and written as the text of a JSON number, never by way of a {@code double}.
 *   <li>What a body takes up once it is read is a small multiple of its bytes, whatever is in it: a list is read to the
 *       first element too many, what must be read as a tree has a bound, and so have names, texts, numbers and depth.
 *   <li>Each error names its field as callers wrote it, with its path: {@code debits[1].credits}. No class name
 *       reaches a caller.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.body;

import org.jspecify.annotations.NullMarked;
