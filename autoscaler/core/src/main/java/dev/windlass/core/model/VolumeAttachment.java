package dev.windlass.core.model;

/**
 * A volume that is attached to a node or is about to be.
 *
 * @param driver the driver that attaches it
 * @param volume the volume's name
 * @param node the node
 */
public record VolumeAttachment(String driver, String volume, NodeName node) {}
