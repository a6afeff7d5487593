-- Where a long Indonesian word may be broken in a narrow column of a table.
--
-- Typst knows no hyphenation for Indonesian, and a word wider than its column would be printed over
-- the next one. Indonesian spelling breaks words simply: between vowel and consonant-vowel (ki-ner-ja),
-- between two consonants (per-da-gang-an), never inside ng, ny, sy, kh.

local M = {}

local SOFT_HYPHEN = "\u{AD}"
local BREAK = "\u{200B}"
local VOWEL = {a = true, e = true, i = true, o = true, u = true}
local PAIR = {ng = true, ny = true, sy = true, kh = true, tr = true, pr = true, kr = true, gr = true, dr = true, br = true}

-- Widths of letters in the font of the tables, in units of its size; a little generous.
local function letter_width(letter)
  if letter:match("%u") then return 0.70 end
  if letter:match("[mw]") then return 0.78 end
  if letter:match("[iljtfr.,:;'%-/()]") then return 0.34 end
  return 0.52
end

--- Width of a word at a font size.
function M.width(word, size)
  local sum = 0
  for letter in word:gmatch(utf8.charpattern) do sum = sum + letter_width(letter) end
  return sum * size
end

local function syllables(letters)
  -- Consonants of one sound count as one unit.
  local units, index = {}, 1
  while index <= #letters do
    local two = letters:sub(index, index + 1)
    local length = PAIR[two:lower()] and 2 or 1
    table.insert(units, letters:sub(index, index + length - 1))
    index = index + length
  end
  local parts, part = {}, ""
  local function vowel(unit) return unit ~= nil and VOWEL[unit:lower()] end
  for position, unit in ipairs(units) do
    part = part .. unit
    local next1, next2 = units[position + 1], units[position + 2]
    local open = vowel(unit) and next1 and not vowel(next1) and vowel(next2)
    local closed = not vowel(unit) and part:lower():match("[aeiou]") and next1 and not vowel(next1) and vowel(next2)
    if (open or closed) and #part >= 2 then
      table.insert(parts, part)
      part = ""
    end
  end
  if #part < 2 and #parts > 0 then parts[#parts] = parts[#parts] .. part
  elseif part ~= "" then table.insert(parts, part) end
  return parts
end

--- The word with places to break, if it is wider than `room`; otherwise the word itself.
function M.fit(word, room, size)
  if M.width(word, size) <= room then return word end
  if word:match("^[%d.,%%()%-]+$") then return word end -- a number is never broken
  if word:match("%d") and word:match("%a") then -- a hash, a code, an address
    local out, count = "", 0
    for letter in word:gmatch(utf8.charpattern) do
      out, count = out .. letter, count + 1
      if count % 4 == 0 then out = out .. BREAK end
    end
    return out
  end
  local broken = word:gsub("%a+", function(letters)
    if #letters < 5 then return letters end
    return table.concat(syllables(letters), SOFT_HYPHEN)
  end)
  return (broken:gsub("([/._])", "%1" .. BREAK))
end

return M
