/** Which room may use which; the reasons are in CONTRIBUTING.md. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Data flows one way.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'helpers-know-no-suites-or-fixtures',
      comment: 'The engine serves any suite and any cluster: it finds the one by path and the other by kubeconfig.',
      severity: 'error',
      from: { path: '^helpers/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(suites|fixtures)/' },
    },
    {
      name: 'pure-rooms-do-no-io',
      comment: 'Topology and verdict are functions of data: no I/O, no client library, no clock, no test runner.',
      severity: 'error',
      from: { path: '^helpers/(topology|verdict)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(helpers/(topology|verdict|workload|engine/context)|node_modules/yaml/)' },
    },
    {
      name: 'suites-only-judge',
      comment: 'A suite reads evidence. It reaches no cluster.',
      severity: 'error',
      from: { path: '^suites/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(suites|helpers/(topology|verdict|workload|engine))/' },
    },
    {
      name: 'the-embedded-cluster-is-only-a-cluster',
      comment: 'It takes the place of the cluster, not of the suite: it must not share the code that it is used to prove.',
      severity: 'error',
      from: { path: '^fixtures/embedded/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(suites|helpers/(?!topology/objects))' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.spec\\.ts$', '\\.d\\.ts$', '^fixtures/embedded/images/'] },
      to: {},
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(helpers|suites|fixtures/(embedded|layouts))/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reports|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
