package io.auspex.catalog;

import java.util.Optional;

/**
 * Another database whose tables statements may name. Equal sources reach the same database in the
 * same way, so that connections may be kept by it. Immutable; nothing in it is secret in the clear.
 *
 * @param name as it was first written; compared without case
 * @param url JDBC's address; without a password, which {@link SourceUrl#check} sees to
 * @param user who it is reached as; empty where the database asks for none, or the URL says so
 * @param password where the password is; empty where there is none
 */
public record Source(
    String name,
    String url,
    Optional<String> user,
    Optional<Secret> password,
    SourceOptions options) {}
