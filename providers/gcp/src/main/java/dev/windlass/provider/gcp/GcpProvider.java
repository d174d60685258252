package dev.windlass.provider.gcp;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Reservations;
import dev.windlass.provider.spi.Templates;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Managed instance groups, of zones and of regions; GKE's node pools are reached by theirs. */
final class GcpProvider
    implements CloudProvider, Operations, Discovery, Templates, Offers, Quotas, Reservations {
  private final GcpSettings settings;
  private final GcpClients clients;
  private final Observer observer;
  private final Increases increases;
  private final QueuedIncreases queuedIncreases;
  private final Deletions deletions;
  private final Handles handles;
  private final GroupSearch search;
  private final VariantReader variants;
  private final OfferReader offers;
  private final QuotaReader quotas;
  private final ReservationReader reservations;

  GcpProvider(GcpSettings settings, CallBudget budget, InstantSource clock) {
    this.settings = settings;
    this.clients = new GcpClients(settings);
    Requests requests = new Requests(budget);
    ComputeCalls calls = new ComputeCalls(clients, requests);
    QueueCalls queue = new QueueCalls(clients, requests);
    InstanceTemplates templates = new InstanceTemplates(calls);
    RestCalls rest = new RestCalls(settings, clients, requests);
    NodePools pools = new NodePools(rest, settings, clock);
    this.observer = new Observer(calls, queue, templates, pools, settings, clock);
    this.increases = new Increases(calls);
    this.queuedIncreases = new QueuedIncreases(calls, queue);
    this.deletions = new Deletions(calls, clock);
    this.handles = new Handles(calls, queue);
    this.search = new GroupSearch(calls, templates, pools, settings);
    this.variants = new VariantReader(calls, templates, pools, clock);
    this.offers = new OfferReader(calls, templates, variants, new PriceReader(rest, clock));
    this.quotas = new QuotaReader(calls);
    this.reservations = new ReservationReader(calls, variants);
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    return observer.observe(groups);
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return changed(
        group,
        id ->
            group.queuedRun() == null
                ? increases.increase(group, id, change, operation)
                : queuedIncreases.increase(id, change, operation, group.queuedRun()));
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return changed(group, id -> deletions.delete(id, instances, operation));
  }

  @Override
  public CloudOutcome<Progress> poll(GroupReference group, String handle) {
    return read(group, id -> handles.poll(id, handle));
  }

  @Override
  public CloudOutcome<List<Found>> discover(String region, Map<String, String> tags) {
    try {
      return new CloudOutcome.Done<>(search.find(region, tags));
    } catch (CallFailedException failed) {
      return failed.ofRead();
    }
  }

  @Override
  public CloudOutcome<List<Described>> variants(GroupReference group) {
    return read(group, id -> new CloudOutcome.Done<>(variants.read(id)));
  }

  @Override
  public CloudOutcome<Map<Variant, Offer>> offers(GroupReference group) {
    return read(group, id -> new CloudOutcome.Done<>(offers.read(id)));
  }

  @Override
  public CloudOutcome<List<Quota>> quotas(GroupReference group) {
    return read(group, id -> new CloudOutcome.Done<>(quotas.read(group, id)));
  }

  @Override
  public CloudOutcome<List<Reservation>> reservations(GroupReference group) {
    return read(group, id -> new CloudOutcome.Done<>(reservations.read(id)));
  }

  /** One change of a group at a time; its machines are listed anew afterwards. */
  private <T> CloudOutcome<T> changed(
      GroupReference group, Function<ManagerId, CloudOutcome<T>> change) {
    try {
      ManagerId id = ManagerId.of(group, settings);
      GroupMemory memory = observer.memory(id);
      synchronized (memory) {
        memory.forget();
        return change.apply(id);
      }
    } catch (CallFailedException failed) {
      return failed.ofRead();
    }
  }

  private <T> CloudOutcome<T> read(
      GroupReference group, Function<ManagerId, CloudOutcome<T>> reading) {
    try {
      return reading.apply(ManagerId.of(group, settings));
    } catch (CallFailedException failed) {
      return failed.ofRead();
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
