import { toWorkflowCommand } from './workflow-command.js';

test.each([
  [toWorkflowCommand('endgroup', ''), '::endgroup::'],
  [toWorkflowCommand('group', 'a: b, 100%\r\n::x::'), '::group::a: b, 100%25%0D%0A::x::'],
  [toWorkflowCommand('error', 'm', { file: 'a:b,c%\r\n', line: 3 }), '::error file=a%3Ab%2Cc%25%0D%0A,line=3::m'],
])('%s', (written, expected) => {
  expect(written).toBe(expected);
});
