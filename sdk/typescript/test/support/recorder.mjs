// Plain JavaScript has no decorators yet: they are functions, and are called as such here, the way
// `experimentalDecorators` calls them.
import { EventHandler, ProveniqIntegration } from '@proveniq/marketplace-sdk';

/** Keeps what it is given; `work` stands for whatever an integration does. */
export class Recorder extends ProveniqIntegration {
  name = 'Recorder';
  version = '1.0.0';
  events = [];
  work = async () => {};

  async onEventCreated(event) {
    this.events.push(event);
    await this.work(event);
  }
}
EventHandler('ledger.event.created')(Recorder.prototype, 'onEventCreated');
