/** Tests. */
@NullMarked
package dev.windlass.daemon.dashboard;

import org.jspecify.annotations.NullMarked;
