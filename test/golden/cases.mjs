/** A step that says that it has begun, by its number, and then never ends. */
const hangs = 'echo $$ > begun.part && mv begun.part begun && exec sleep 600';

/** Runs that are kept, with what they have to come to whoever reads them. `exit: 'killed'`: in the middle of a step. */
export const cases = [
  {
    name: 'succeeded',
    workflow: `name: release
inputs:
  target: { type: string, default: staging }
outputs:
  archive: { type: string, value: "{{ steps.pack.outputs.archive }}" }
phases:
  - id: build
    steps:
      - id: compile
        command: echo compiled for {{ inputs.target }}
      - id: pack
        command: echo "archive=app-ünï.zip" >> "$TOLLGATE_OUTPUT"
        outputs: { archive: { written: true } }
  - id: publish
    steps:
      - id: announce
        when: "{{ inputs.target == 'production' }}"
        command: echo never
      - id: upload
        command: echo {{ steps.pack.outputs.archive }}
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 0 }],
    expected: { status: 'succeeded', verdict: 'go', steps: { compile: 'succeeded', pack: 'succeeded', announce: 'skipped', upload: 'succeeded' } },
  },
  {
    name: 'failed',
    workflow: `name: release
phases:
  - id: build
    steps:
      - id: lint
        command: exit 3
        continue_on_error: true
      - id: compile
        command: echo it does not compile >&2; exit 1
        retry: { attempts: 2, delay: 10ms }
      - id: pack
        command: echo never
  - id: publish
    steps:
      - id: upload
        command: echo never
finally:
  - id: clean
    command: echo clean
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 1 }],
    expected: { status: 'failed', verdict: 'no-go', steps: { lint: 'failed', compile: 'failed', pack: 'skipped', upload: 'skipped', clean: 'succeeded' } },
  },
  {
    name: 'killed',
    workflow: `name: release
steps:
  - id: compile
    command: echo compiled
  - id: test
    command: ${hangs}
  - id: pack
    command: echo never
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 'killed' }],
    expected: { status: 'running', verdict: null, steps: { compile: 'succeeded', test: 'open', pack: 'pending' } },
  },
  {
    name: 'killed-once',
    workflow: `name: release
steps:
  - id: compile
    command: echo compiled
  - id: tag
    effects: once
    command: echo tagged
  - id: publish
    effects: once
    command: ${hangs}
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 'killed' }],
    expected: { status: 'running', verdict: null, steps: { compile: 'succeeded', tag: 'succeeded', publish: 'open' } },
  },
  {
    name: 'resumed',
    workflow: `name: release
steps:
  - id: compile
    command: echo compiled
  - id: tag
    effects: once
    command: echo tagged
  - id: test
    command: if test -e again; then exit 0; fi; touch again; ${hangs}
  - id: pack
    command: echo packed
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 'killed' }, { args: ['resume'], exit: 0 }],
    expected: { status: 'succeeded', verdict: 'go', epochs: 2, steps: { compile: 'succeeded', tag: 'succeeded', test: 'succeeded', pack: 'succeeded' } },
  },
  {
    name: 'matrix',
    workflow: `name: release
steps:
  - id: test
    matrix: { node: [20, 22, 24], os: [linux, mac] }
    command: test {{ matrix.node }}-{{ matrix.os }} != 22-mac
  - id: pack
    command: echo never
`,
    calls: [{ args: ['run', 'workflow.yml'], exit: 1 }],
    expected: { status: 'failed', verdict: 'no-go', steps: { test: 'failed', pack: 'skipped' }, cells: { test: ['succeeded', 'succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'] } },
  },
];
