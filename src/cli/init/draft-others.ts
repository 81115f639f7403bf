import type { Draft } from './first-workflow.js';
import type { FolderView } from './folder-view.js';
import { firstOf } from './folder-view.js';

const check = (id: string, command: string) => ({ id, command, checks: true }) as const;
const change = (id: string, command: string) => ({ id, command, checks: false }) as const;

export function draftGo(folder: FolderView): Draft | undefined {
  if (!folder.has('go.mod')) return undefined;
  return { title: 'Go', prefix: 'go', tool: 'go', prepare: [], check: [check('vet', 'go vet ./...'), check('build', 'go build -o /dev/null ./...')], proof: { id: 'tests-pass', run: 'go test ./...' } };
}

export function draftRust(folder: FolderView): Draft | undefined {
  if (!folder.has('Cargo.toml')) return undefined;
  const locked = folder.has('Cargo.lock') ? ' --locked' : '';
  return { title: 'Rust', prefix: 'rust', tool: 'cargo', prepare: [], check: [check('compile', `cargo check --all-targets${locked}`)], proof: { id: 'tests-pass', run: `cargo test${locked}` } };
}

export function draftMaven(folder: FolderView): Draft | undefined {
  if (!folder.has('pom.xml')) return undefined;
  const maven = folder.has('mvnw') ? './mvnw' : 'mvn';
  return { title: 'Maven', prefix: 'maven', tool: folder.has('mvnw') ? 'java' : 'mvn', prepare: [], check: [change('compile', `${maven} -B -q test-compile`)], proof: { id: 'tests-pass', run: `${maven} -B verify` } };
}

export function draftGradle(folder: FolderView): Draft | undefined {
  if (firstOf(folder, ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts']) === undefined) return undefined;
  const gradle = folder.has('gradlew') ? './gradlew' : 'gradle';
  return { title: 'Gradle', prefix: 'gradle', tool: folder.has('gradlew') ? 'java' : 'gradle', prepare: [], check: [change('assemble', `${gradle} assemble`)], proof: { id: 'checks-pass', run: `${gradle} check` } };
}

export function draftTerraform(folder: FolderView): Draft | undefined {
  if (!folder.names.some((name) => name.endsWith('.tf'))) return undefined;
  return {
    title: 'Terraform',
    prefix: 'terraform',
    tool: 'terraform',
    prepare: [change('init', 'terraform init -backend=false -input=false')],
    check: [check('format', 'terraform fmt -check -recursive')],
    proof: { id: 'configuration-is-valid', run: 'terraform validate' },
  };
}

export function draftMake(folder: FolderView): Draft | undefined {
  const name = firstOf(folder, ['GNUmakefile', 'makefile', 'Makefile']);
  if (name === undefined) return undefined;
  const targets = new Set([...(folder.read(name) ?? '').matchAll(/^([A-Za-z0-9_.-]+)[ \t]*:(?!=)/gmu)].map((match) => match[1] ?? ''));
  const proof = ['test', 'check', 'tests'].find((target) => targets.has(target));
  const lint = ['lint', 'fmt-check'].find((target) => targets.has(target));
  const build = ['build', 'all'].find((target) => targets.has(target));
  return {
    title: 'Make',
    prefix: 'make',
    tool: 'make',
    prepare: [change('build', build === undefined ? 'make' : `make ${build}`)],
    check: lint === undefined ? [] : [check('lint', `make ${lint}`)],
    proof: proof === undefined ? undefined : { id: 'tests-pass', run: `make ${proof}` },
  };
}
