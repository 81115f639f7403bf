import { expect, test } from '@jest/globals';
import { partsOf } from '../../../test/hand-over/parts-of.js';
import { findForeignPrograms } from './find-foreign-programs.js';

test.each<[string, readonly string[]]>([
  ['ssh host "rm ‹›"', ['ssh@13']], ['ssh -p 22 -i ‹› -T ‹› ls ‹› "‹›"', ['ssh@25', 'ssh@29']], ['ssh ‹›', []], ['ssh -v host <<E\n‹›\nE', ['ssh@16']], ['ssh host cmd <<< ‹›', []], ['ssh host -t ‹›', ['ssh@12']],
  ['su -c "a ‹›" ‹›', ['su@9']], ['su - ‹› --command ‹›', ['su@18']], ['su --command="‹›" x', ['su@14']], ['su -s ‹› x', []], ['su x <<E\n‹›\nE', []], ['su <<E\n‹›\nE', ['su@7']],
  ['python -c "print(‹›)" ‹›', ['python -c@17']], ['python3.11 -Ic ‹›', ['python -c@15']], ['python3 -m ‹› -c ‹›', ['python -c@17']], ['python script.py -c ‹›', []], ['python3 - ‹› <<E\n‹›\nE', []], ['python3 <<E\n‹›\nE', ['python -c@12']], ['python -m x <<E\n‹›\nE', []], ['python <<< ‹›', ['python -c@11']],
  ['node -e "‹›" ‹›', ['node -e@9']], ['node -r ‹› -p ‹›', ['node -e@14']], ['node --eval=‹›', ['node -e@12']], ['node --print ‹›', ['node -e@13']], ['node x.js -e ‹›', []], ['nodejs -pe ‹›', ['node -e@11']],
  ["awk '{ print ‹› }' ‹›", ['awk@13']], ["awk -F ‹› -v x=‹› '{print x}'", []], ['gawk -F: "‹›"', ['awk@10']], ['awk -f ‹› ‹›', []], ['awk -v x=‹› ‹›', ['awk@12']], ['mawk --file=x ‹›', []],
  ['sed "s/a/‹›/" ‹›', ['sed@9']], ['sed -i -e ‹› -e "x‹›" ‹›', ['sed@10', 'sed@18']], ['sed -n ‹›p f', ['sed@7']], ['sed -f ‹› ‹›', []], ['sed -ne ‹› ‹›', ['sed@8']], ['gsed --expression=‹› ‹›', ['sed@18']], ['sed -es/‹›/ ‹›', ['sed@8']],
  ["jq --arg a ‹› '.x == $a' ‹›", []], ['jq -r ".‹›" f', ['jq@8']], ['jq --argjson a ‹› --indent 2 ‹›', ['jq@29']], ['jq -f ‹› ‹›', []], ['jq ".‹›" --arg a ‹› f', ['jq@5']], ['jq --rawfile x ‹› --slurpfile y ‹› .', []],
  ['psql -d ‹› -c "select ‹›"', ['psql@22']], ['psql --command="‹›"', ['psql@16']], ['psql "$URL" <<E\n‹›\nE', []], ['psql <<E\n‹›\nE', ['psql@9']], ['psql -v x=‹› -f y', []], ['psql -Xc ‹›', ['psql@9']],
  ['sudo ssh h ‹›; env A=‹› python -c ‹›', ['ssh@11', 'python -c@34']], ['/usr/bin/awk ‹›', ['awk@13']], ['grep ‹› f; perl -e ‹›', []], ['x=$(ssh h ‹›)', ['ssh@10']], ['ssh h "a $(b ‹›) # ‹›"', ['ssh@13', 'ssh@19']], ['ssh h x # ‹›', []], ['$SSH h ‹›', []],
])('%s', (command, expected) => {
  expect(findForeignPrograms(partsOf(command)).map(({ program, at }) => `${program}@${at[0]}`)).toEqual(expected);
});
