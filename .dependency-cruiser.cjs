/** Each rule's comment is what a person reads when an import breaks it. */
const inside = (...paths) => `^(${paths.join('|')})/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Modules form a hierarchy: no import may lead back to where it started.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'shared-is-alone', severity: 'error', comment: 'shared/ is plain TypeScript for every process: it imports nothing outside itself but zod.', from: { path: inside('shared') }, to: { pathNot: ['^shared/', 'node_modules/zod/'] } },
    { name: 'engine-knows-only-shared', severity: 'error', comment: 'The engine is pure compute: it imports shared/ and itself.', from: { path: '^main/engine/' }, to: { path: inside('main', 'renderer', 'test', 'assets'), pathNot: '^main/engine/' } },
    { name: 'engine-packages', severity: 'error', comment: 'Only learning/, optimizers/, classical/ and annealing/ may use a compute package, and only a listed one.', from: { path: '^main/engine/' }, to: { path: 'node_modules/', pathNot: ['node_modules/(libsvm-js|highs)/'] } },
    { name: 'engine-packages-where', severity: 'error', comment: 'Compute packages belong into learning/, optimizers/, classical/ and annealing/.', from: { path: '^main/engine/', pathNot: '^main/engine/(learning|optimizers|classical|annealing)/' }, to: { path: 'node_modules/' } },
    { name: 'pure-code-has-no-node', severity: 'error', comment: 'shared/, engine and renderer run without Node.', from: { path: ['^shared/', '^main/engine/', '^renderer/'] }, to: { dependencyTypes: ['core'] } },
    { name: 'preload-is-thin', severity: 'error', comment: 'The preload script knows shared/ipc and electron only.', from: { path: '^main/preload/' }, to: { pathNot: ['^shared/', '^main/preload/', 'node_modules/electron/'] } },
    { name: 'renderer-knows-only-shared', severity: 'error', comment: 'The window imports shared/ and itself, never main/.', from: { path: '^renderer/' }, to: { path: inside('main', 'test') } },
    { name: 'main-not-renderer', severity: 'error', comment: 'main/ never imports the window.', from: { path: '^main/' }, to: { path: '^renderer/' } },
    { name: 'nobody-imports-tests', severity: 'error', comment: 'Product code does not import tests.', from: { path: inside('shared', 'main', 'renderer') }, to: { path: '^test/' } },
    { name: 'electron-in-few-places', severity: 'error', comment: 'electron is imported in main/index, window, menu, preload and credentials only, so that everything else runs without it.', from: { pathNot: ['^main/(index|window|window-port|window-trouble|menu|safe-storage)\\.ts$', '^main/preload/', '^main/credentials/', '^test/'] }, to: { path: 'node_modules/electron/' } },
    { name: 'window-libraries-stay-in-window', severity: 'error', comment: 'react, konva, zustand and monaco belong to renderer/.', from: { pathNot: ['^renderer/', '^test/', 'config\\.ts$'] }, to: { path: 'node_modules/(react|react-dom|konva|react-konva|zustand|monaco-editor|dockview|dockview-react|cmdk|uplot|lucide-react)/' } },
    { name: 'konva-in-designer', severity: 'error', comment: 'Konva draws circuits: it belongs to the designer.', from: { path: '^renderer/', pathNot: '^renderer/features/designer/' }, to: { path: 'node_modules/(konva|react-konva)/' } },
    { name: 'lowdb-in-storage', severity: 'error', comment: 'lowdb is used behind main/storage only.', from: { pathNot: ['^main/storage/', '^test/'] }, to: { path: 'node_modules/lowdb/' } },
    { name: 'features-are-apart', severity: 'error', comment: 'Features do not import each other; what two need goes to ui/, lib/ or shared/.', from: { path: '^renderer/features/([^/]+)/' }, to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' } },
    { name: 'feature-door', severity: 'error', comment: 'app/ enters a feature by its index or commands only.', from: { path: '^renderer/app/' }, to: { path: '^renderer/features/[^/]+/(?!index\\.tsx?$|commands\\.ts$)' } },
    { name: 'ui-below-features', severity: 'error', comment: 'ui/ and lib/ lie below features/ and app/.', from: { path: '^renderer/(ui|lib)/' }, to: { path: '^renderer/(features|app)/' } },
    { name: 'features-below-app', severity: 'error', comment: 'Features do not import app/.', from: { path: '^renderer/features/' }, to: { path: '^renderer/app/' } },
    { name: 'vendors-are-apart', severity: 'error', comment: 'Vendors do not import each other.', from: { path: '^main/hardware/([^/]+)/' }, to: { path: '^main/hardware/[^/]+/', pathNot: '^main/hardware/$1/' } },
    { name: 'engine-layers', severity: 'error', comment: 'linalg < simulators, noise, compiler < gradients, mitigation < algorithms and the rest.', from: { path: '^main/engine/(linalg|simulators|noise|compiler|kernels|random)/' }, to: { path: '^main/engine/(gradients|mitigation|optimizers|algorithms|annealing|learning|classical|finance|benchmarks|jobs)/' } },
    { name: 'engine-layers-middle', severity: 'error', comment: 'gradients and mitigation lie below algorithms.', from: { path: '^main/engine/(gradients|mitigation|optimizers)/' }, to: { path: '^main/engine/(algorithms|annealing|learning|classical|finance|benchmarks|jobs)/' } },
    { name: 'nothing-unresolvable', severity: 'error', comment: 'Every import must lead somewhere.', from: {}, to: { couldNotResolve: true, pathNot: ['\\?worker$', '^monaco-editor'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.cjs', '.json'] },
  },
};
