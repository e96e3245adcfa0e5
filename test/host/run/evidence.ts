import type { Host } from './host';

/**
 * Keeps what explains the failures of a suite.
 * @param host asked after a failure only
 */
export function keepEvidence(host: () => Host): void {
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host().keepEvidence(this.currentTest.title);
  });
}

/** The same for a suite whose tests go on where the one before has ended: after a failure the rest would fail for the same reason. */
export function stepByStep(host: () => Host): void {
  let failed = false;
  keepEvidence(host);
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
}
