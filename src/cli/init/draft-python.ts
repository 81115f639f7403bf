import type { Draft, DraftStep } from './first-workflow.js';
import type { FolderView } from './folder-view.js';
import { firstOf } from './folder-view.js';

const signs = ['pyproject.toml', 'requirements.txt', 'setup.py', 'setup.cfg', 'Pipfile'];

export function draftPython(folder: FolderView): Draft | undefined {
  if (firstOf(folder, signs) === undefined) return undefined;
  const project = folder.read('pyproject.toml') ?? '';
  const { tool, install, prefix } = findInstaller(folder, project);
  const check = [
    ...(folder.has('ruff.toml') || folder.has('.ruff.toml') || project.includes('[tool.ruff') ? [step('lint', `${prefix}ruff check .`)] : []),
    ...(folder.has('mypy.ini') || project.includes('[tool.mypy') ? [step('types', `${prefix}mypy .`)] : []),
  ];
  const proof = usesPytest(folder, project) ? { id: 'tests-pass', run: `${prefix}pytest -q` } : { id: 'compiles', run: `${prefix}${prefix === '' ? 'python3' : 'python'} -m compileall -q .` };
  return { title: 'Python', prefix: 'python', tool, prepare: install === undefined ? [] : [{ id: 'install', command: install, checks: false }], check, proof };
}

function findInstaller(folder: FolderView, project: string): { readonly tool: string; readonly install: string | undefined; readonly prefix: string } {
  if (folder.has('uv.lock')) return { tool: 'uv', install: 'uv sync --frozen', prefix: 'uv run ' };
  if (folder.has('poetry.lock') || project.includes('[tool.poetry]')) return { tool: 'poetry', install: 'poetry install', prefix: 'poetry run ' };
  if (folder.has('Pipfile')) return { tool: 'pipenv', install: folder.has('Pipfile.lock') ? 'pipenv sync --dev' : 'pipenv install --dev', prefix: 'pipenv run ' };
  const requirements = firstOf(folder, ['requirements-dev.txt', 'dev-requirements.txt', 'requirements.txt']);
  if (requirements !== undefined) return { tool: 'python3', install: `python3 -m pip install -r ${requirements}`, prefix: '' };
  const installable = folder.has('setup.py') || project.includes('[project]') || project.includes('[build-system]');
  return { tool: 'python3', install: installable ? 'python3 -m pip install -e .' : undefined, prefix: '' };
}

function usesPytest(folder: FolderView, project: string): boolean {
  const listed = folder.names.filter((name) => /requirements.*\.txt$|^Pipfile$|^setup\.cfg$/u.test(name)).map((name) => folder.read(name) ?? '');
  return folder.has('pytest.ini') || folder.has('conftest.py') || [project, ...listed].some((text) => /\bpytest\b/u.test(text)) || folder.has('tests') || folder.has('test');
}

function step(id: string, command: string): DraftStep {
  return { id, command, checks: true };
}
