package dev.windlass.core.devices;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.ResourceClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Looks up the claims of a pod, their templates and their classes, and says what is missing. */
final class ClaimReader {
  private final Devices devices;
  private @Nullable NoDevices refusal;

  ClaimReader(Devices devices) {
    this.devices = devices;
  }

  PodClaims read(List<PodDeviceClaim> claims, SortedMap<String, Long> extended) {
    List<PodClaims.One> all = new ArrayList<>();
    for (PodDeviceClaim each : claims) {
      PodClaims.One claim = read(each);
      if (claim != null) {
        all.add(claim);
      }
    }
    if (!extended.isEmpty()) {
      all.add(open("extended resources", null, new DeviceClaim(requests(extended), List.of())));
    }
    return new PodClaims(all, refusal);
  }

  /** kube-scheduler makes a request for each container; together they ask for as many devices. */
  private List<DeviceRequest> requests(SortedMap<String, Long> extended) {
    List<DeviceRequest> requests = new ArrayList<>();
    extended.forEach((resource, wanted) ->
        devices.classes().values().stream()
            .filter(each -> each.backs(resource))
            .map(DeviceClass::name)
            .min(Comparator.naturalOrder())
            .ifPresent(
                name -> requests.add(DeviceRequest.exactly(resource, name, wanted, List.of()))));
    return requests;
  }

  private PodClaims.@Nullable One read(PodDeviceClaim each) {
    ObjectKey source = each.source();
    return switch (each.kind()) {
      case NAMED -> {
        ResourceClaim claim = devices.claims().get(source);
        if (claim == null || claim.deleting()) {
          refuse(
              NoDevices.claim(
                  "claim " + source + (claim == null ? " does not exist" : " is being deleted")));
          yield null;
        }
        yield claim.allocation() != null
            ? new PodClaims.One("claim " + source, source, claim.spec(), List.of())
            : open("claim " + source, source, claim.spec());
      }
      case TEMPLATE -> {
        DeviceClaim spec = devices.templates().get(source);
        if (spec == null) {
          refuse(NoDevices.claim("claim template " + source + " does not exist"));
          yield null;
        }
        yield open("claim " + each.name() + " of template " + source.name(), null, spec);
      }
    };
  }

  private PodClaims.One open(String words, @Nullable ObjectKey key, DeviceClaim spec) {
    if (spec.invalid() != null) {
      refuse(new NoDevices(NoDevices.Cause.INVALID, words + ": " + spec.invalid()));
    }
    List<PodClaims.Wanted> requests = new ArrayList<>();
    for (DeviceRequest request : spec.requests()) {
      List<PodClaims.Choice> choices = new ArrayList<>();
      for (DeviceRequest.Choice choice : request.choices()) {
        String place = words + ", request " + request.name();
        DeviceClass known = devices.classes().get(choice.deviceClass());
        if (known == null) {
          refuse(
              NoDevices.claim(
                  place + ": device class " + choice.deviceClass() + " does not exist"));
          continue;
        }
        check("class " + known.name(), known.selectors());
        check(place, choice.selectors());
        choices.add(new PodClaims.Choice(choice, known.selectors(), choice.selectors()));
      }
      requests.add(new PodClaims.Wanted(request, choices));
    }
    return new PodClaims.One(words, key, spec, requests);
  }

  private void check(String place, List<DeviceSelector> selectors) {
    for (int index = 0; index < selectors.size(); index++) {
      if (selectors.get(index) instanceof DeviceSelector.Invalid(String expression, String why)) {
        refuse(
            new NoDevices(
                NoDevices.Cause.INVALID,
                place + ": selectors[" + index + "].cel.expression: " + expression + ": " + why));
      }
    }
  }

  private void refuse(NoDevices why) {
    if (refusal == null) {
      refusal = why;
    }
  }
}
