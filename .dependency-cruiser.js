/**
 * The direction of imports (docs/ARCHITECTURE.md): services -> adapters -> contracts -> domain, with the pure libraries
 * beside them. Type imports count as imports. tests/ and infra/ may reach anything; nothing reaches back.
 */
const pureLibs = 'consensus|transparency|bilingual|dicom|formats';
const adapters = 'postgres|event-store|messaging|read-model|jobs|anchor|runtime';
const specs = '\\.spec\\.ts$';
/** What a package offers its neighbours' specs under `./testing`: in-memory twins and the template database. */
const testSupport = ['^libs/testing/', '^libs/[^/]+/src/(in-memory/|test-database)'];
const wholeSystem = '^(tests|infra)/';
const npm = (names) => `(^|/)node_modules/(@types/)?(${names})/`;

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one thing in two places: merge them, or move what both need below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'services-are-islands',
      comment:
        'A service is a process of its own. What two services need is a library, or an event or command between them.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'libs-never-see-services',
      comment: 'Libraries are below services: a service wires libraries together, never the other way round.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^services/' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Deciders replay for ever and must give the same answer: no clock, no I/O, no package, not even a built-in module.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: specs },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'consensus-is-pure',
      comment:
        'A consensus is recomputed and compared years later: only data in, only data out, nothing but the domain beneath it.',
      severity: 'error',
      from: { path: '^libs/consensus/', pathNot: specs },
      to: { pathNot: '^libs/(consensus|domain)/' },
    },
    {
      name: 'pure-libs-see-only-domain',
      comment: 'The pure libraries can be used, tested and published alone: of ours they know only the domain.',
      severity: 'error',
      from: { path: `^libs/(${pureLibs})/`, pathNot: specs },
      to: { path: '^(libs|services)/', pathNot: ['^libs/$1/', '^libs/domain/'] },
    },
    {
      name: 'contracts-see-only-domain',
      comment: 'Codecs are what every adapter and every outside reader agrees on, so they stand below all adapters.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: specs },
      to: { path: '^(libs|services)/', pathNot: '^libs/(contracts|domain)/' },
    },
    {
      name: 'client-stands-alone',
      comment:
        'People outside use the client without the server: it is generated from the schema and knows nothing of ours.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: specs },
      to: { path: '^(libs|services)/', pathNot: '^libs/client/' },
    },
    {
      name: 'adapters-do-not-see-each-other',
      comment:
        'An adapter can be replaced alone. The exceptions are postgres (pool and transactions) and runtime (config, logs).',
      severity: 'error',
      from: { path: `^libs/(${adapters})/`, pathNot: specs },
      to: { path: `^libs/(${adapters}|client)/`, pathNot: ['^libs/$1/', '^libs/(postgres|runtime)/'] },
    },
    {
      name: 'adapters-see-no-science',
      comment: 'Adapters carry data. What it means is decided in a service, which calls the pure libraries.',
      severity: 'error',
      from: { path: `^libs/(${adapters})/`, pathNot: specs },
      to: { path: `^libs/(${pureLibs})/` },
    },
    {
      name: 'packages-through-their-entry',
      comment:
        'Only what index.ts names is offered, and to specs ./testing; another file may change or go at any time.',
      severity: 'error',
      from: { path: '^((?:libs|services)/[^/]+)/', pathNot: specs },
      to: { path: '^(libs|services)/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'nest-only-in-services',
      comment: 'Nest wires processes together. Libraries are plain functions and classes that outlive a framework.',
      severity: 'error',
      from: { pathNot: '^(services|tests)/' },
      to: { path: npm('@nestjs/[^/]+') },
    },
    {
      name: 'pg-only-in-postgres',
      comment: 'One place opens pools, sets timeouts and names SQLSTATEs; it exports the types that others need.',
      severity: 'error',
      from: { pathNot: ['^libs/postgres/', wholeSystem] },
      to: { path: npm('pg|pg-[^/]+') },
    },
    {
      name: 'kafkajs-only-in-messaging',
      comment: 'Kafka is behind two ports, EventPublisher and EventSubscription, so that its client can be replaced.',
      severity: 'error',
      from: { pathNot: ['^libs/messaging/', wholeSystem] },
      to: { path: npm('kafkajs') },
    },
    {
      name: 'redis-only-in-jobs',
      comment: 'Redis is never a source of truth: queues and wake-ups go through jobs, which knows how to do without.',
      severity: 'error',
      from: { pathNot: ['^libs/jobs/', wholeSystem] },
      to: { path: npm('bullmq|ioredis') },
    },
    {
      name: 'testing-only-from-specs',
      comment: 'Test language, fixed clocks, in-memory twins and Jest never run in production.',
      severity: 'error',
      from: { pathNot: [specs, ...testSupport, wholeSystem] },
      to: { path: [...testSupport, npm('@jest/globals|fast-check')] },
    },
    {
      name: 'specs-only-from-specs',
      comment:
        'Builds leave *.spec.ts out, contract suites and twins for tests included: what imports one fails in production.',
      severity: 'error',
      from: { pathNot: [specs, '^tests/'] },
      to: { path: specs },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Whole-system tests and benchmarks stand at the end of the arrow.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-imports-infra',
      comment:
        'A service runs where infra/ is not: in an image, beside servers that others started. Only infra and tests use it.',
      severity: 'error',
      from: { path: '^(libs|services)/' },
      to: { path: '^infra/' },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that this tool cannot follow is one whose direction it cannot check.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(libs|services|infra)/[^/]+/dist/' },
    // Type imports are imports: a type that crosses a boundary is a dependency too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
