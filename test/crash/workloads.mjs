import { createHash } from 'node:crypto';

// Workflows that are mostly one thing, and one that has everything. Each command leaves a line in ../ran.log when it begins.

const head = (name, more = '') => `name: ${name}\ndefaults: { shell: sh, timeout: 1m }\n${more}`;

/** Outputs that take a while to keep and to bring back: many small files and a large one. */
const files = 120;
const bytes = 3_000_000;
const heavy = `${head('heavy')}steps:
${[1, 2, 3, 4].map((n) => `  - id: s${n}
    command: |
      echo s${n} >> ../ran.log
      mkdir -p out/s${n} && i=0
      while [ $i -lt ${files} ]; do echo "s${n} $i" > out/s${n}/$i.txt; i=$((i+1)); done
      yes s${n} | head -c ${bytes} > out/s${n}.bin
    inputs: [{ value: ${n} }]
    outputs: { folder: out/s${n}, large: out/s${n}.bin }
    cache: true
`).join('')}`;
const heavyOutputs = [1, 2, 3, 4].flatMap((n) => [[`out/s${n}.bin`, `s${n}\n`.repeat(Math.ceil(bytes / 3)).slice(0, bytes)], ...Array.from({ length: files }, (_, i) => [`out/s${n}/${i}.txt`, `s${n} ${i}\n`])]);

/** Many records and little else; those around an effect that must happen once are synced to the disk. */
const tiny = `${head('tiny', 'inputs: { x: { type: number, default: 1 } }\n')}steps:
${Array.from({ length: 30 }, (_, n) => `  - { id: once${n + 1}, effects: once, command: "echo once${n + 1} >> ../ran.log" }
${Array.from({ length: 5 }, (_, m) => `  - { id: a${n + 1}_${m + 1}, type: assert, condition: inputs.x == 1 }\n`).join('')}`).join('')}`;

const mixed = `${head('mixed')}phases:
  - id: make
    steps:
      - { id: plain, command: "echo plain >> ../ran.log; echo plain > plain.txt", outputs: { made: plain.txt } }
      - { id: cached, command: "echo cached >> ../ran.log; cat {{ plain.outputs.made }} > cached.txt", inputs: [source.txt], outputs: { made: cached.txt }, cache: true }
      - id: part
        matrix: { n: [1, 2, 3, 4, 5, 6], max_parallel: 2 }
        command: echo "part[n={{ matrix.n }}]" >> ../ran.log; echo {{ matrix.n }} > part-{{ matrix.n }}.txt
        inputs: [source.txt]
        outputs: { made: "part-{{ matrix.n }}.txt" }
        cache: true
      - { id: enough, type: assert, condition: count(part.outputs.made) == 6 }
  - id: ship
    steps:
      # Long enough to be met in the middle.
      - { id: deploy, effects: once, command: "echo deploy >> ../ran.log; head -c 40000000 /dev/zero | cksum > deployed.txt" }
      - parallel:
          - { id: left, command: "echo left >> ../ran.log; echo left > left.txt", outputs: { made: left.txt } }
          - { id: right, command: "echo right >> ../ran.log; echo right > right.txt", inputs: [cached.txt], outputs: { made: right.txt } }
      - { id: last, command: "echo last >> ../ran.log; cat left.txt right.txt > last.txt", outputs: { made: last.txt } }
`;
const mixedOutputs = [['plain.txt', 'plain\n'], ['cached.txt', 'plain\n'], ...[1, 2, 3, 4, 5, 6].map((n) => [`part-${n}.txt`, `${n}\n`]), ['left.txt', 'left\n'], ['right.txt', 'right\n'], ['last.txt', 'left\nright\n']];

export const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
const digests = (outputs) => outputs.map(([path, content]) => [path, digestOf(content)]);

/**
 * `warm`: begins with all results kept, and the outputs gone, each time that the run is gone on with.
 * `steps`: how many of them are acknowledged in the end. `aims`: what is aimed at, as often as it stands there.
 */
export const workloads = {
  save: { text: heavy, outputs: digests(heavyOutputs), steps: 4, aims: ['save', 'save', 'save', 'between', 'step', 'start'] },
  restore: { text: heavy, outputs: digests(heavyOutputs), warm: true, steps: 4, aims: ['restore', 'restore', 'restore', 'between', 'start'] },
  append: { text: tiny, outputs: [], steps: 180, aims: ['append', 'append', 'append', 'between', 'start'], once: /^once/u },
  mixed: { text: mixed, outputs: digests(mixedOutputs), steps: 13, aims: ['between', 'step', 'append', 'save', 'start'], once: /^deploy$/u },
};
