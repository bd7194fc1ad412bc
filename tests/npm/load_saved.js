// Loads each saved model below a folder in TensorFlow.js and holds its answers against those that Vitrine wrote beside
// it; where the model was saved with its training, one more step of it, too. node load_saved.js FOLDER
'use strict';
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs');

const kTolerance = 1e-5;  // of numbers around 1: another order of additions

function read(folder) {
  return JSON.parse(fs.readFileSync(folder, 'utf8'));
}

// What a page would fetch.
function handler(folder) {
  const artifacts = read(path.join(folder, 'model.json'));
  return {
    load: async () => {
      const specs = [], shards = [];
      for (const group of artifacts.weightsManifest) {
        specs.push(...group.weights);
        for (const shard of group.paths) shards.push(fs.readFileSync(path.join(folder, shard)));
      }
      const all = Buffer.concat(shards);
      return {
        ...artifacts,
        weightSpecs: specs,
        weightData: all.buffer.slice(all.byteOffset, all.byteOffset + all.length),
      };
    },
  };
}

function tensors(written, symbols) {
  return written.map((each, i) => tf.tensor(each.data, each.shape, symbols[i].dtype));
}

function one(list) {
  return list.length === 1 ? list[0] : list;
}

// The largest difference; throws where shapes differ or a number is none on one side only.
async function difference(model, inputs, wanted) {
  const answers = [].concat(model.predict(one(inputs)));
  if (answers.length !== wanted.length) throw new Error(`${answers.length} answers, not ${wanted.length}`);
  let most = 0;
  for (let i = 0; i < wanted.length; ++i) {
    if (String(answers[i].shape) !== String(wanted[i].shape)) {
      throw new Error(`shape ${answers[i].shape}, not ${wanted[i].shape}`);
    }
    const values = await answers[i].data();
    wanted[i].data.forEach((value, at) => {
      const away = Math.abs(values[at] - value) / Math.max(1, Math.abs(value));
      if (!(away <= most)) most = Number.isNaN(away) ? Infinity : away;
    });
  }
  return most;
}

async function check(folder) {
  const expected = read(path.join(folder, 'expected.json'));
  const model = await tf.loadLayersModel(handler(folder));
  const inputs = tensors(expected.inputs, model.inputs);
  let most = await difference(model, inputs, expected.outputs);
  if (expected.labels) {
    await model.trainOnBatch(one(inputs), one(tensors(expected.labels, model.outputs)));
    most = Math.max(most, await difference(model, inputs, expected.after));
  }
  return most;
}

async function main(folder) {
  await tf.setBackend('cpu');
  console.warn = () => {};  // it recommends another backend
  const names = fs.readdirSync(folder).sort();
  let failed = 0, most = 0;
  for (const name of names) {
    let said = '';
    try {
      const away = await check(path.join(folder, name));
      most = Math.max(most, away);
      if (!(away <= kTolerance)) said = `answers are ${away} away`;
    } catch (error) {
      said = error.message;
    }
    if (said) console.log(`${name}: ${said}`);
    if (said) ++failed;
  }
  console.log(`${names.length - failed} of ${names.length} saved models answer alike; at most ${most} away`);
  process.exitCode = failed === 0 && names.length > 0 ? 0 : 1;
}

main(process.argv[2]);
