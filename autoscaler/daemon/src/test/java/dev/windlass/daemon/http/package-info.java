/** Tests. */
@NullMarked
package dev.windlass.daemon.http;

import org.jspecify.annotations.NullMarked;
