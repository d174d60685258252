package dev.windlass.core.model;

/** A device's name in the whole cluster; written {@code DRIVER/POOL/DEVICE}. */
public record DeviceId(String driver, String pool, String device) {
  @Override
  public String toString() {
    return driver + "/" + pool + "/" + device;
  }
}
