/**
 * Which room may use which; the reasons are in CONTRIBUTING.md. Held against the compiled code, where a type costs
 * nothing: a room may know another's types.
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Data flows one way.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'helpers-know-no-suites-or-fixtures',
      comment:
        'The engine serves any suite and any cluster: it finds the one by path and the other by kubeconfig.',
      severity: 'error',
      from: { path: '^dist/helpers/' },
      to: { path: '^dist/(suites|fixtures)/' },
    },
    {
      name: 'pure-rooms-do-no-io',
      comment:
        'Topology and verdict are functions of data: no I/O, no client library, no clock, no test runner.',
      severity: 'error',
      from: { path: '^dist/helpers/(topology|verdict)/' },
      to: { pathNot: '^(dist/helpers/(topology|verdict|workload|resilience)/|node_modules/(js-)?yaml/)' },
    },
    {
      name: 'suites-only-judge',
      comment: 'A suite reads evidence. It reaches no cluster.',
      severity: 'error',
      from: { path: '^dist/suites/' },
      to: { pathNot: '^dist/(suites|helpers/(topology|verdict|workload|resilience|engine))/' },
    },
    {
      name: 'the-embedded-cluster-is-only-a-cluster',
      comment:
        'It takes the place of the cluster, not of the suite: it shares none of the code that it helps to prove.',
      severity: 'error',
      from: { path: '^dist/fixtures/embedded/' },
      to: { path: '^dist/(suites|helpers)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^dist/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^reports/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
