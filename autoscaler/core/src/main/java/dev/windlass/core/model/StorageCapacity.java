package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/**
 * How large a volume of a storage class can be made for some nodes ({@code CSIStorageCapacity}).
 *
 * @param storageClass the storage class
 * @param nodes the nodes' labels; null when no node can use it
 * @param bytes the largest volume; null when that is not known
 */
public record StorageCapacity(
    String storageClass, @Nullable LabelSelector nodes, @Nullable Long bytes) {}
