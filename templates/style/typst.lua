-- From the report's HTML, as pandoc read it, to the functions of report.typ.
--
-- Tables are not here: reports/render/lifted.py takes them out before, a word keeps their place.

local folder = PANDOC_SCRIPT_FILE:match("^(.*)[/\\]") or "."
local landscape = dofile(folder .. "/landscape.lua")

local WRAPPED = {
  cover = "sampul", notice = "catatan", letterhead = "kop", signature = "tanda-tangan",
  source = "sumber", note = "keterangan", ["cover-title"] = "sampul-judul", ["cover-office"] = "sampul-kantor",
  ["cover-year"] = "sampul-tahun", ["cover-issue"] = "sampul-terbitan", address = "alamat",
  uraian = "lengket", visi = "visi",
}

local numbering = "" -- of the pages so far
local convert

local function raw(text) return pandoc.RawBlock("typst", text) end
local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end

local function within(before, blocks, after)
  local out = pandoc.Blocks{raw(before)}
  out:extend(blocks)
  out:insert(raw(after))
  return out
end

-- Blocks as content of a function argument.
local function anchor(id) return raw("#metadata(none) #label(" .. quoted(id) .. ")") end

-- Not in Typst's short form, which ends at the end of the line: headings of chapters have two.
-- The empty #{} keeps "1. Visi" from being read as a numbered list.
local function write_heading(header)
  local inlines = pandoc.Inlines{pandoc.RawInline("typst", "#heading(level: " .. header.level .. ")[#{}")}
  -- With one space where pandoc writes two: bookmarks show them.
  inlines:extend(header.content:walk{LineBreak = function() return pandoc.RawInline("typst", "#linebreak() ") end})
  local label = header.identifier ~= "" and " #label(" .. quoted(header.identifier) .. ")" or ""
  inlines:insert(pandoc.RawInline("typst", "]" .. label))
  return pandoc.Plain(inlines)
end

local function write_figure(figure)
  local body, after = pandoc.Blocks{}, pandoc.Blocks{}
  for _, block in ipairs(figure.content) do
    local below = block.t == "Div" and (block.classes:includes("source") or block.classes:includes("note"));
    (below and after or body):extend(convert(pandoc.Blocks{block}))
  end
  local out = pandoc.Blocks{raw(figure.classes:includes("gambar") and "#gambar(" or "#tabel-berjudul(")}
  if figure.classes:includes("utuh") then out[1].text = out[1].text .. "utuh: true, " end
  out:insert(raw(quoted(figure.identifier) .. ", [#{}"))
  out:extend(figure.caption.long)
  -- A table sets the words below it itself, with its last row; report.typ gives them to it by that name.
  local is_table = not figure.classes:includes("gambar")
  out:extend{raw(is_table and "], sesudah => [" or "], [")}
  out:extend(body)
  if is_table and #after == 0 then
    out:insert(raw("], none)"))
  else
    out:insert(raw("], ["))
    out:extend(after)
    out:insert(raw("])"))
  end
  return out
end

local function write_div(div)
  local classes = div.classes
  if classes:includes("contents-here") then return pandoc.Blocks{raw("#daftar-isi()")} end
  if classes:includes("tables-here") then return pandoc.Blocks{raw("#daftar-tabel()")} end
  if classes:includes("signature-room") then return pandoc.Blocks{raw("#ruang-tanda-tangan()")} end
  local out = pandoc.Blocks{}
  if classes:includes("front") and numbering == "" then
    numbering = "i"
    out:insert(raw('#set page(numbering: "i")'))
  elseif (classes:includes("chapter") or classes:includes("appendix")) and numbering ~= "1" then
    numbering = "1"
    out:insert(raw('#set page(numbering: "1")\n#counter(page).update(1)'))
  end
  if classes:includes("landscape") then
    local first = div.content[1]
    local blocks = convert(div.content)
    if first and first.t == "Header" and first.level == 1 then
      -- Its own page break would leave the page empty that was just begun.
      blocks:insert(1, raw("#[#show heading.where(level: 1): judul-di-sini"))
      blocks:insert(3, raw("]"))
    end
    return within("#page(flipped: true)[", blocks, "]")
  end
  if div.identifier == "kata-pengantar" and div.content[1] and div.content[1].t == "Header" then
    -- The heading's own page break would part it from the letterhead.
    out:insert(raw("#pagebreak(weak: true)\n#kop-surat()\n#[#show heading.where(level: 1): judul-di-sini"))
    out:extend(convert(pandoc.Blocks{div.content:remove(1)}))
    out:insert(raw("]"))
  end
  if div.identifier ~= "" then out:insert(anchor(div.identifier)) end
  for _, class in ipairs(classes) do
    if WRAPPED[class] then
      out:extend(within("#" .. WRAPPED[class] .. "[", convert(div.content), "]"))
      return out
    end
  end
  out:extend(convert(div.content))
  return out
end

convert = landscape.converter{
  lead = function(block) return within("#lengket[", pandoc.Blocks{block}, "]") end,
  Div = write_div,
  Header = function(block) return pandoc.Blocks{write_heading(block)} end,
  Figure = write_figure,
  BlockQuote = function(block)
    block.content = convert(block.content)
    return pandoc.Blocks{block}
  end,
}

function Pandoc(doc)
  doc.blocks = convert(doc.blocks)
  return doc
end
