import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** What Prometheus reads at /metrics. */
export class RunnerMetrics {
  readonly registry = new Registry();
  readonly attemptsRunning = new Gauge({ name: 'trainyard_runner_attempts_running', help: 'Attempts that occupy a slot now.', registers: [this.registry] });
  readonly attemptsEnded = new Counter({
    name: 'trainyard_runner_attempts_ended_total',
    help: 'Attempts ended here, by outcome and failure code.',
    labelNames: ['outcome', 'code'],
    registers: [this.registry],
  });
  readonly apiRequests = new Counter({
    name: 'trainyard_runner_api_requests_total',
    help: 'Requests to the api, by request and HTTP status ("away": no answer).',
    labelNames: ['request', 'status'],
    registers: [this.registry],
  });
  /** Set by the runner; read when Prometheus asks. */
  spooled: () => number = () => 0;
  readonly pointsDropped = new Counter({
    name: 'trainyard_runner_points_dropped_total',
    help: 'Metric points dropped because the spool was full.',
    registers: [this.registry],
  });
  readonly queueErrors = new Counter({
    name: 'trainyard_runner_queue_errors_total',
    help: 'Errors of the connection to the queue.',
    registers: [this.registry],
  });

  constructor() {
    const spooled = () => this.spooled();
    new Gauge({
      name: 'trainyard_runner_spooled_bytes',
      help: 'Bytes of reports written to disk and not yet acknowledged by the api.',
      registers: [this.registry],
      collect() {
        this.set(spooled());
      },
    });
  }

  /** Adds the process's own figures (memory, CPU, event loop); once per process. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}
